package dev.checkrein.it.corpus.audit;

import javassist.bytecode.ConstPool;

/** Writes constants out, so that those of two class files can be compared. */
final class Constants {
    private Constants() {}

    static String text(ConstPool pool, int index) {
        return switch (pool.getTag(index)) {
            case ConstPool.CONST_Utf8 -> pool.getUtf8Info(index);
            case ConstPool.CONST_Integer -> "int " + pool.getIntegerInfo(index);
            case ConstPool.CONST_Float -> "float " + Float.floatToRawIntBits(pool.getFloatInfo(index));
            case ConstPool.CONST_Long -> "long " + pool.getLongInfo(index);
            case ConstPool.CONST_Double -> "double " + Double.doubleToRawLongBits(pool.getDoubleInfo(index));
            case ConstPool.CONST_Class -> "class " + pool.getClassInfo(index);
            case ConstPool.CONST_String -> "string " + pool.getStringInfo(index);
            case ConstPool.CONST_Fieldref ->
                pool.getFieldrefClassName(index) + "." + pool.getFieldrefName(index) + pool.getFieldrefType(index);
            case ConstPool.CONST_Methodref ->
                pool.getMethodrefClassName(index) + "." + pool.getMethodrefName(index) + pool.getMethodrefType(index);
            case ConstPool.CONST_InterfaceMethodref ->
                pool.getInterfaceMethodrefClassName(index) + "." + pool.getInterfaceMethodrefName(index)
                        + pool.getInterfaceMethodrefType(index) + " of an interface";
            case ConstPool.CONST_MethodHandle ->
                "handle " + pool.getMethodHandleKind(index) + " " + text(pool, pool.getMethodHandleIndex(index));
            case ConstPool.CONST_MethodType -> "type " + pool.getUtf8Info(pool.getMethodTypeInfo(index));
            case ConstPool.CONST_InvokeDynamic ->
                "indy " + pool.getInvokeDynamicBootstrap(index) + " "
                        + nameAndType(pool, pool.getInvokeDynamicNameAndType(index));
            case ConstPool.CONST_Dynamic ->
                "condy " + pool.getDynamicBootstrap(index) + " " + nameAndType(pool, pool.getDynamicNameAndType(index));
            default -> throw new IllegalArgumentException("constant " + index + " of tag " + pool.getTag(index));
        };
    }

    private static String nameAndType(ConstPool pool, int index) {
        return pool.getUtf8Info(pool.getNameAndTypeName(index))
                + pool.getUtf8Info(pool.getNameAndTypeDescriptor(index));
    }
}
