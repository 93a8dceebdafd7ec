package io.jenkins.plugins.containerbuild.report;

import hudson.model.Fingerprint;
import hudson.model.Run;
import java.io.IOException;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;

/** The record in docker-commons' format by which Jenkins finds the builds that made or used an image. */
final class ImageFingerprint {

    private ImageFingerprint() {}

    /** docker-commons knows images by full SHA-256 ids only. */
    static boolean isPossible(String imageId) {
        return imageId.matches("sha256:[0-9a-f]{64}");
    }

    static void record(Run<?, ?> run, ReportedImage image) throws IOException {
        String imageId = image.getImageId();
        if (imageId != null && isPossible(imageId)) {
            Fingerprint fingerprint = DockerFingerprints.forImage(
                    run,
                    imageId,
                    image.getNames().isEmpty() ? null : image.getNames().get(0).getName());
            fingerprint.addFor(run);
        }
    }

    /** Where Jenkins shows the record, relative to its root. */
    static String url(String imageId) {
        return "fingerprint/" + DockerFingerprints.getFingerprintHash(imageId) + '/';
    }
}
