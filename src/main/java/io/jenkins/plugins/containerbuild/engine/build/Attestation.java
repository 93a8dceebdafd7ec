package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.Serializable;

/**
 * A statement about an image, which the builder has attached to the image's index: how it was made, or what is in it.
 *
 * @param platform the platform of the image that it is about, such as {@code linux/arm64}; null when the index does not tell
 * @param predicateType what is stated, such as {@code https://slsa.dev/provenance/v1} or {@code https://spdx.dev/Document}
 * @param digest the statement's own
 * @param statement the in-toto statement as JSON, which is foreign text; null when it is too large to be handed on
 */
public record Attestation(String platform, String predicateType, Digest digest, String statement)
        implements Serializable {}
