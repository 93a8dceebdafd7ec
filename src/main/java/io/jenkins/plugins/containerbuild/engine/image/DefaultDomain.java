package io.jenkins.plugins.containerbuild.engine.image;

import java.util.Locale;

/**
 * What completes a name that has no host.
 *
 * @param domain a host with an optional port
 * @param prefix a path in it with a slash at its end, or nothing
 */
record DefaultDomain(String domain, String prefix) {

    static final String HUB = "docker.io";
    static final DefaultDomain DOCKER_HUB = new DefaultDomain(HUB, "");

    private static final String HUB_ALIAS = "index.docker.io";
    private static final String OFFICIAL = "library/";

    static DefaultDomain parse(String text) {
        PartGrammar grammar = new PartGrammar("default registry", text);
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        if (end == 0) {
            throw grammar.bad(0, "the registry host is missing");
        }
        grammar.checkDomain(0, end);
        String host = text.substring(0, end);
        if (!isDomain(host)) {
            throw grammar.bad(
                    0, "'" + host + "' would be read as a part of the image's path; add a port or a full host name");
        }
        if (slash < 0) {
            return new DefaultDomain(normalized(host), "");
        }
        grammar.checkPath(slash + 1, text.length());
        return new DefaultDomain(normalized(host), text.substring(slash + 1) + "/");
    }

    /** Whether a name's first part is a host: it has a dot or a colon, is localhost or has upper-case letters. */
    static boolean isDomain(String first) {
        return first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || !first.toLowerCase(Locale.ROOT).equals(first);
    }

    /** Docker Hub has two names in old references; one of them is kept. */
    static String normalized(String domain) {
        return domain.equals(HUB_ALIAS) ? HUB : domain;
    }

    /** Docker Hub's official images live in a repository of their own, which names leave out. */
    static String withOfficialPrefix(String domain, String path) {
        return domain.equals(HUB) && path.indexOf('/') < 0 ? OFFICIAL + path : path;
    }

    /** Leaves out Docker Hub's host and official prefix where the rest cannot be mistaken for anything else. */
    static String shortest(String domain, String path) {
        if (!domain.equals(HUB)) {
            return domain + "/" + path;
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        String rest = official ? path.substring(OFFICIAL.length()) : path;
        int slash = rest.indexOf('/');
        boolean mistakable = slash < 0 ? ReferenceParser.isBareHash(rest) : isDomain(rest.substring(0, slash));
        return mistakable ? domain + "/" + path : rest;
    }
}
