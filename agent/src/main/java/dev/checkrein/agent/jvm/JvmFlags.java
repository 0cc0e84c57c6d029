package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * Flags of the running HotSpot, found as the serviceability agent finds them in another process: through the tables that
 * {@code libjvm} exports for it ({@code vmStructs.hpp}), which give the name, type and place of what they describe. Profilers
 * set flags in this way too.
 */
final class JvmFlags {
    /** HotSpot's class of a flag. */
    private static final String FLAG = "JVMFlag";

    private final Memory memory;
    private final Map<String, Long> addresses = new HashMap<>();

    private JvmFlags(Memory memory) {
        this.memory = memory;
    }

    /**
     * Finds flags by name.
     *
     * @throws ReflectiveOperationException if this JVM has not got them all, or does not say where
     */
    static JvmFlags find(Instrumentation instrumentation, String... names) throws ReflectiveOperationException {
        if (!"64".equals(System.getProperty("sun.arch.data.model"))) {
            throw new NoSuchFieldException("addresses are not 64 bits wide");
        }
        Internals.open(instrumentation, "java.lang");
        JvmFlags flags = new JvmFlags(Memory.of(instrumentation));
        flags.find(names);
        return flags;
    }

    private void find(String... names) throws ReflectiveOperationException {
        Map<String, Long> layout = layoutOfFlags();
        long flag = memory.getLong(layout.get("flags"));
        long count = memory.getLong(layout.get("numFlags"));
        long size = sizeOfFlag();
        for (long i = 0; i < count && addresses.size() < names.length; i++, flag += size) {
            long name = memory.getLong(flag + layout.get("_name"));
            for (String wanted : names) {
                if (name != 0 && memory.isText(name, wanted)) {
                    addresses.put(wanted, memory.getLong(flag + layout.get("_addr")));
                }
            }
        }
        if (addresses.size() < names.length) {
            throw new NoSuchFieldException("not all of " + String.join(", ", names));
        }
    }

    boolean isSet(String name) {
        return memory.getByte(addresses.get(name)) != 0;
    }

    long number(String name) {
        return memory.getLong(addresses.get(name));
    }

    void set(String name) {
        memory.putByte(addresses.get(name), (byte) 1);
    }

    void set(String name, long value) {
        memory.putLong(addresses.get(name), value);
    }

    /** Where the fields of HotSpot's class {@code JVMFlag} are: offsets, and addresses of the static ones. */
    private Map<String, Long> layoutOfFlags() throws ReflectiveOperationException {
        long typeName = exported("gHotSpotVMStructEntryTypeNameOffset");
        long fieldName = exported("gHotSpotVMStructEntryFieldNameOffset");
        long isStatic = exported("gHotSpotVMStructEntryIsStaticOffset");
        long offset = exported("gHotSpotVMStructEntryOffsetOffset");
        long address = exported("gHotSpotVMStructEntryAddressOffset");
        long stride = exported("gHotSpotVMStructEntryArrayStride");
        Map<String, Long> layout = new HashMap<>();
        for (long entry = exported("gHotSpotVMStructs"); ; entry += stride) {
            long type = memory.getLong(entry + typeName);
            if (type == 0) {
                break;
            }
            if (memory.isText(type, FLAG)) {
                boolean global = memory.getByte(entry + isStatic) != 0;
                for (String field : new String[] {"_name", "_addr", "flags", "numFlags"}) {
                    if (memory.isText(memory.getLong(entry + fieldName), field)) {
                        layout.put(field, memory.getLong(entry + (global ? address : offset)));
                    }
                }
            }
        }
        if (layout.size() < 4) {
            throw new NoSuchFieldException("the JVM's flags are not described");
        }
        return layout;
    }

    private long sizeOfFlag() throws ReflectiveOperationException {
        long typeName = exported("gHotSpotVMTypeEntryTypeNameOffset");
        long size = exported("gHotSpotVMTypeEntrySizeOffset");
        long stride = exported("gHotSpotVMTypeEntryArrayStride");
        for (long entry = exported("gHotSpotVMTypes"); ; entry += stride) {
            long name = memory.getLong(entry + typeName);
            if (name == 0) {
                throw new NoSuchFieldException(FLAG);
            }
            if (memory.isText(name, FLAG)) {
                return memory.getLong(entry + size);
            }
        }
    }

    /** The value of a variable, 64 bits wide, that {@code libjvm} exports. */
    private long exported(String name) throws ReflectiveOperationException {
        for (Method method : ClassLoader.class.getDeclaredMethods()) {
            if (method.getName().equals("findNative")) {
                method.setAccessible(true);
                // Up to 17 (loader, name); later (loader, class, name, Java name). Null is the boot loader.
                Object symbol = method.getParameterCount() == 2
                        ? method.invoke(null, null, name)
                        : method.invoke(null, null, Object.class, name, name);
                if ((long) symbol != 0) {
                    return memory.getLong((long) symbol);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
