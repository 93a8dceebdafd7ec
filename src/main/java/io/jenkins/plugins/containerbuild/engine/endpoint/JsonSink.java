package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Takes the objects of a streamed answer, one at a time. */
@FunctionalInterface
public interface JsonSink {

    /** @throws IOException to give up reading */
    void accept(JsonNode object) throws IOException;
}
