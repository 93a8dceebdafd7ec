package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Set;

/** Something that BuildKit lets a build do only when the caller and the daemon allow it both. */
public final class Entitlement {

    private static final String DEVICE = "device";
    private static final Set<String> NAMES = Set.of("network.host", "security.insecure", DEVICE);

    private Entitlement() {}

    /**
     * Reads one as {@code docker buildx build --allow} does: {@code network.host}, {@code security.insecure},
     * {@code device} or {@code device=NAME}.
     *
     * @return the text without the white space around it
     * @throws InvalidRequestException when BuildKit knows none of this name
     */
    public static String parse(String text) throws InvalidRequestException {
        String trimmed = text.trim();
        if (!NAMES.contains(trimmed) && !trimmed.startsWith(DEVICE + '=')) {
            throw new InvalidRequestException(
                    "could not use the option allow with '" + text + "'",
                    "there is no such entitlement",
                    "Write network.host, security.insecure or device");
        }
        return trimmed;
    }
}
