package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.Serializable;

/**
 * A layer as a registry keeps it.
 *
 * @param digest its digest
 * @param mediaType what it is, as the image's manifest says
 * @param sizeBytes its size there, which is compressed as a rule
 */
public record RemoteLayer(Digest digest, String mediaType, long sizeBytes) implements Serializable {}
