package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.SocketText;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command socket has to tell: a few lines that a look takes in, or the values as they are. */
final class SocketReport {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private SocketReport() {}

    /** The document has the names of the record's components. */
    static String json(Record value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers can be written", e);
        }
    }

    static String text(SocketDiagnosis diagnosis) {
        return joined(SocketText.of(diagnosis));
    }

    static String text(RepairResult result) {
        return joined(SocketText.of(result), SocketText.of(result.after()));
    }

    static String text(UndoResult result) {
        return joined(SocketText.of(result), SocketText.of(result.after()));
    }

    @SafeVarargs
    private static String joined(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).collect(Collectors.joining(System.lineSeparator()));
    }
}
