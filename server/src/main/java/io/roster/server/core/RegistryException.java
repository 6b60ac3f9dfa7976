// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Why the registry refused something. Each wire has one table from {@link Code} to its own status. It carries no stack
 * trace: it says what the caller did, not where the server was.
 */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; named as in gRPC. */
    public enum Code {
        INVALID_ARGUMENT,
        NOT_FOUND,
        FAILED_PRECONDITION,
        RESOURCE_EXHAUSTED,
        UNAVAILABLE,
        UNIMPLEMENTED,
        INTERNAL,
        /** It is not known who asks. */
        UNAUTHENTICATED,
        /** Who asks may not. */
        PERMISSION_DENIED
    }

    private final Code code;
    private final String field;
    private final String problem;
    private final long retryAfterMs;

    private RegistryException(Code code, String field, String problem, long retryAfterMs) {
        super(field.isEmpty() ? problem : field + ": " + problem, null, false, false);
        this.code = code;
        this.field = field;
        this.problem = problem;
        this.retryAfterMs = retryAfterMs;
    }

    /** A refusal that no single field is to blame for. */
    public static RegistryException of(Code code, String message) {
        return new RegistryException(code, "", message, 0);
    }

    /** A field that is wrong in itself: says the thing, the value and what was expected. */
    public static RegistryException invalid(String field, Object value, String expected) {
        return new RegistryException(Code.INVALID_ARGUMENT, field, quote(value) + " (expected: " + expected + ")", 0);
    }

    /** A limit that is reached. */
    public static RegistryException exhausted(String limit, long value, String remedy) {
        return of(Code.RESOURCE_EXHAUSTED, limit + ": " + value + " reached (" + remedy + ")");
    }

    /** The same refusal, its field seen from further out: {@code port} becomes {@code instance.port}. */
    public RegistryException within(String path) {
        return new RegistryException(code, field.isEmpty() ? path : path + '.' + field, problem, retryAfterMs);
    }

    /** The same refusal, with a word on when to try again. */
    public RegistryException retryAfter(long ms) {
        return new RegistryException(code, field, problem, ms);
    }

    public Code code() {
        return code;
    }

    /** In how many milliseconds it may be worth trying again; 0 if nobody can say. */
    public long retryAfterMs() {
        return retryAfterMs;
    }

    /** The offending field's path, or empty. */
    public String field() {
        return field;
    }

    /** Text from outside is cut and stripped of control characters before it is said back or logged. */
    private static String quote(Object value) {
        if (!(value instanceof CharSequence text)) {
            return String.valueOf(value);
        }
        int end = Math.min(text.length(), 64);
        StringBuilder quoted = new StringBuilder(end + 5).append('"');
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) ? '?' : c);
        }
        return quoted.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
