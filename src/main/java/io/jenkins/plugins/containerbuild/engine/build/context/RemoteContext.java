package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A context that is no directory here: an address from which the daemon itself fetches it, written as for
 * {@code docker buildx build}. {@code https://host/repo.git}, {@code git://...}, {@code ssh://...},
 * {@code user@host:path} and {@code github.com/owner/repo} are Git repositories, with an optional
 * {@code #branch:directory}; every other HTTP address is a tarball or a Dockerfile.
 *
 * @param kind what it is
 * @param address as given; not null
 */
public record RemoteContext(Kind kind, String address) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern HTTP = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
    private static final Pattern HTTP_GIT =
            Pattern.compile("(?i)https?://[^/?#]+/[^?#]*\\.git(?:[?#].*)?", Pattern.DOTALL);
    private static final Pattern OTHER_GIT = Pattern.compile("(?i)(?:git|ssh)://.*|github\\.com/.*", Pattern.DOTALL);
    private static final Pattern SCP = Pattern.compile("[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:.*", Pattern.DOTALL);
    private static final Pattern USER = Pattern.compile("([a-zA-Z]+://)([^/?#@]*)@.*", Pattern.DOTALL);

    /** What the daemon makes of an address. */
    public enum Kind {
        GIT,
        HTTP
    }

    /** Refuses null. */
    public RemoteContext {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(address, "address");
    }

    /**
     * Tells an address from a directory. Nothing is looked up: a directory that is named like an address, such as
     * {@code github.com/owner/repo}, is meant only when {@code ./} stands before it.
     *
     * @param text a context as given; not null
     * @return empty for what can only be a directory
     */
    public static Optional<RemoteContext> of(String text) {
        if (HTTP_GIT.matcher(text).matches()
                || OTHER_GIT.matcher(text).matches()
                || SCP.matcher(text).matches()) {
            return Optional.of(new RemoteContext(Kind.GIT, text));
        }
        return HTTP.matcher(text).matches() ? Optional.of(new RemoteContext(Kind.HTTP, text)) : Optional.empty();
    }

    /** The directory within a Git repository that was asked for; null for the whole. */
    public String subdirectory() {
        int fragment = address.indexOf('#');
        int colon = fragment < 0 || kind != Kind.GIT ? -1 : address.indexOf(':', fragment);
        return colon < 0 || colon == address.length() - 1 ? null : address.substring(colon + 1);
    }

    /** Whether branch, directory or the like stand in a Git address as {@code ?key=value}. */
    public boolean hasQuery() {
        int fragment = address.indexOf('#');
        int query = address.indexOf('?');
        return kind == Kind.GIT && query >= 0 && (fragment < 0 || query < fragment);
    }

    /** Whether it is a Git address that names SSH by {@code ssh://}. */
    public boolean isSshUrl() {
        return address.toLowerCase(Locale.ROOT).startsWith("ssh://");
    }

    /** Whether a password stands in the address, which logs and records of the build would show. */
    public boolean hasPassword() {
        Matcher user = USER.matcher(address);
        return user.matches() && user.group(2).indexOf(':') >= 0;
    }

    /** The address for messages: without user, password and query. */
    public String shown() {
        Matcher user = USER.matcher(address);
        String bare = user.matches()
                ? user.group(1)
                        + address.substring(
                                user.group(1).length() + user.group(2).length() + 1)
                : address;
        return bare.replaceFirst("\\?[^#]*", "");
    }
}
