package io.jenkins.plugins.containerbuild.engine.volume.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/**
 * What the Engine tells of a path in a container, in the header of its answer: JSON in base64, with the mode in the bits of
 * Go's {@code fs.FileMode}.
 *
 * @param directory whether it is a directory
 */
record PathStat(boolean directory) {

    private static final long DIRECTORY = 1L << 31;

    /** A header that says nothing tells of no directory. */
    static PathStat parse(String header) {
        try {
            JsonNode stat = new ObjectMapper().readTree(Base64.getDecoder().decode(header));
            return new PathStat((stat.path("mode").asLong() & DIRECTORY) != 0);
        } catch (IOException | IllegalArgumentException e) {
            return new PathStat(false);
        }
    }
}
