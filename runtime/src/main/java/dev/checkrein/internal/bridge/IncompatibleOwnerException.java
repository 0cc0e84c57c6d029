package dev.checkrein.internal.bridge;

import java.util.Map;

/** The copy of the runtime that owns the JVM speaks another version of the protocol than this one. */
final class IncompatibleOwnerException extends Exception {
    private static final long serialVersionUID = 1L;

    IncompatibleOwnerException(Map<String, Object> owner, Object ownersProtocol) {
        super("two incompatible versions of Checkrein are in this JVM: " + owner.get("version") + " from "
                + owner.get("location") + " (protocol " + ownersProtocol + "), which owns it, and " + OwnCopy.version()
                + " from " + OwnCopy.location() + " (protocol " + EngineProtocol.VERSION
                + "), whose scopes can only interrupt. Use the same version of both jars");
    }
}
