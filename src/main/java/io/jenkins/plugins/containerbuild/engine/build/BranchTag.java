package io.jenkins.plugins.containerbuild.engine.build;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The tag under which a branch keeps its cache. */
final class BranchTag {

    private static final String PREFIX = "cache-";
    /** Tags have 128 characters at most; the hash needs some of them. */
    private static final int LONGEST = 100;

    private static final int HASH_BYTES = 4;

    private BranchTag() {}

    /**
     * A tag that no other branch has: {@code cache-main}. What a tag cannot hold becomes a dash, and a hash of the name
     * keeps {@code feature/a} and {@code feature-a} apart.
     *
     * @param branch the branch's name; not empty
     */
    static String of(String branch) {
        String safe = branch.replaceAll("[^A-Za-z0-9_.-]", "-");
        if (safe.equals(branch) && branch.length() <= LONGEST) {
            return PREFIX + branch;
        }
        return PREFIX + safe.substring(0, Math.min(safe.length(), LONGEST)) + '-' + hash(branch);
    }

    private static String hash(String branch) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(branch.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
