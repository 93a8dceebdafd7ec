package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Git repository's address as an image may tell it to everybody: without a user's name and password, and without an
 * address that means something on one machine alone.
 *
 * @param url such as {@code https://git.example/team/app}
 */
record RepositoryAddress(String url) {

    private static final Pattern WITH_SCHEME = Pattern.compile(
            "(?<scheme>https?|ssh|git)://(?:[^/@]*@)*(?<host>[^/@:]+|\\[[^]]+])(?<port>:\\d+)?/(?<path>[^?#]+).*",
            Pattern.CASE_INSENSITIVE);

    /** {@code git@git.example:team/app.git} */
    private static final Pattern LIKE_SCP = Pattern.compile("(?:[^/@:]+@)?(?<host>[^/@:]{2,}):(?<path>[^/\\\\].*)");

    private static final Pattern USELESS_END = Pattern.compile("/*(?:\\.git)?/*$");
    private static final String HTTPS = "https://";
    private static final String SSH_PORT = ":22";

    /** The address; nothing for a path, a file or what cannot be read. */
    static Optional<RepositoryAddress> of(String repository) {
        String text = repository == null ? "" : repository.trim();
        Matcher url = WITH_SCHEME.matcher(text);
        if (url.matches()) {
            return Optional.of(new RepositoryAddress(withScheme(url)));
        }
        Matcher scp = LIKE_SCP.matcher(text);
        return scp.matches() && !text.contains("://")
                ? Optional.of(new RepositoryAddress(HTTPS + scp.group("host") + '/' + path(scp)))
                : Optional.empty();
    }

    private static String withScheme(Matcher url) {
        String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
        String port = url.group("port") == null ? "" : url.group("port");
        boolean usualSsh = scheme.equals("ssh") && (port.isEmpty() || port.equals(SSH_PORT));
        // Git's servers show their pages where they listen for SSH by the usual port; of others nobody knows.
        return usualSsh
                ? HTTPS + url.group("host") + '/' + path(url)
                : scheme + "://" + url.group("host") + port + '/' + path(url);
    }

    private static String path(Matcher address) {
        return USELESS_END.matcher(address.group("path")).replaceFirst("");
    }

    /** The repository's own name. */
    String title() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** The address, where a browser can open it. */
    Optional<String> page() {
        return url.startsWith("http") ? Optional.of(url) : Optional.empty();
    }
}
