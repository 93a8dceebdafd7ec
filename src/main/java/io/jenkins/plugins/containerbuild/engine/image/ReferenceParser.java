package io.jenkins.plugins.containerbuild.engine.image;

/** Takes a reference apart at its slashes, its colon and its at sign, and has each part checked. */
final class ReferenceParser {

    private static final int ID_LENGTH = 64;

    private final String text;
    private final DefaultDomain completion;
    private final PartGrammar grammar;

    ReferenceParser(String text, DefaultDomain completion) {
        this.text = text;
        this.completion = completion;
        this.grammar = new PartGrammar("image reference", text);
    }

    /** Whether the text is an image id without its algorithm. */
    static boolean isBareHash(String text) {
        return text.length() == ID_LENGTH && isLowerHex(text);
    }

    static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> Offence.isHex((char) c) && !Offence.isUpper((char) c));
    }

    ImageReference parse() {
        checkWhole();
        int slash = text.indexOf('/');
        boolean hasDomain = slash > 0 && DefaultDomain.isDomain(text.substring(0, slash));
        if (hasDomain) {
            grammar.checkDomain(0, slash);
        }
        int nameStart = hasDomain ? slash + 1 : 0;
        int at = text.indexOf('@', nameStart);
        int tagEnd = at < 0 ? text.length() : at;
        int colon = text.indexOf(':', nameStart);
        int nameEnd = colon < 0 || colon > tagEnd ? tagEnd : colon;
        grammar.checkPath(nameStart, nameEnd);
        String tag = nameEnd < tagEnd ? checkedTag(nameEnd + 1, tagEnd) : null;
        Digest digest = at < 0 ? null : checkedDigest(at + 1);
        String domain = hasDomain ? DefaultDomain.normalized(text.substring(0, slash)) : completion.domain();
        return new ImageReference(domain, completePath(domain, hasDomain, nameStart, nameEnd), tag, digest);
    }

    private void checkWhole() {
        if (text.isEmpty()) {
            throw grammar.bad(0, "it is empty");
        }
        if (text.charAt(0) == '-') {
            throw grammar.bad(0, "starts with '-'");
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw grammar.bad(
                    scheme, "contains '://'; an image name starts with the registry's host, without a scheme");
        }
        if (isBareHash(text)) {
            throw grammar.bad(0, "64 hex digits alone are an image id and cannot be a repository name");
        }
    }

    private String checkedTag(int from, int to) {
        grammar.checkTag(from, to);
        return text.substring(from, to);
    }

    private Digest checkedDigest(int from) {
        grammar.checkDigest(from, text.length());
        return Digest.parse(text.substring(from));
    }

    private String completePath(String domain, boolean hasDomain, int nameStart, int nameEnd) {
        String written = text.substring(nameStart, nameEnd);
        String prefixed = hasDomain ? written : completion.prefix() + written;
        String path = DefaultDomain.withOfficialPrefix(domain, prefixed);
        if (path.length() > PartGrammar.LONGEST_PATH) {
            int added = path.length() - written.length();
            throw grammar.bad(
                    nameStart + Math.max(0, PartGrammar.LONGEST_PATH - added),
                    "the repository name is " + path.length() + " characters long; " + PartGrammar.LONGEST_PATH
                            + " is the most");
        }
        return path;
    }
}
