package dev.checkrein.agent.options;

/** The user asked for something that does not exist. The message says what is wrong and what is valid. */
public final class InvalidOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidOptionException(String message) {
        super(message);
    }
}
