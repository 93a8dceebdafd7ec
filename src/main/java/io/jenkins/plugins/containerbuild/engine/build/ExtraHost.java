package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;

/**
 * A host that a build's commands find by its name, as {@code docker build --add-host} has it.
 *
 * @param name of the host
 * @param address its IP address, or {@code host-gateway} for the daemon's host
 */
public record ExtraHost(String name, String address) {

    /**
     * Reads one.
     *
     * @param text {@code name:address} or {@code name=address}; an IPv6 address may stand in brackets
     * @throws InvalidRequestException when it is neither
     */
    public static ExtraHost parse(String text) throws InvalidRequestException {
        // An IPv6 address has colons of its own, so the first sign parts.
        String[] parts = text.strip().split("[:=]", 2);
        String address = parts.length < 2 ? "" : parts[1].replaceFirst("^\\[(.*)]$", "$1");
        if (parts[0].isBlank() || address.isBlank()) {
            throw new InvalidRequestException(
                    "could not use the option addHosts with '" + text + "'",
                    "it is not name:address",
                    "Write for example db.example:10.0.0.5, or build.example:host-gateway for the daemon's host");
        }
        return new ExtraHost(parts[0], address);
    }
}
