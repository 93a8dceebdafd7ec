package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureDetail;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ErrorDetailsTest {

    private static FailureDetail detail(String kind, String json) {
        return FailureDetail.newBuilder()
                .setTypeUrl("github.com/moby/buildkit/errdefs." + kind + "+json")
                .setValue(ByteString.copyFromUtf8(json))
                .build();
    }

    private static ErrorDetails read(FailureDetail... details) {
        FailureStatus.Builder status = FailureStatus.newBuilder();
        for (FailureDetail detail : details) {
            status.addDetails(detail);
        }
        Metadata trailers = new Metadata();
        trailers.put(ErrorDetails.KEY, status.build().toByteArray());
        return ErrorDetails.of(trailers, text -> text.replace("hunter2", "$TOKEN"));
    }

    private static String source(String text, int line) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{\"info\":{\"filename\":\"Dockerfile\",\"data\":\"" + data + "\"},\"ranges\":[{\"start\":{\"line\":"
                + line + "}}]}";
    }

    @Test
    void findsTheStepAndTheDockerfilesLine() {
        ErrorDetails details = read(
                detail("Vertex", "{\"digest\":\"sha256:abc\"}"),
                detail("Source", source("FROM base\nRUN  exit hunter2\nRUN no more\n", 2)));

        assertThat(details.vertex()).isEqualTo("sha256:abc");
        assertThat(details.excerpt())
                .hasToString("Dockerfile:2\n  1 |     FROM base\n  2 | >>> RUN  exit $TOKEN\n  3 |     RUN no more");
    }

    @Test
    void livesWithDetailsThatMakeNoSense() {
        assertThat(read(detail("Vertex", "no json"), detail("Source", "{}"))).isEqualTo(new ErrorDetails(null, null));
        assertThat(read(detail("Source", source("FROM base", 99))).excerpt()).isNull();
        assertThat(ErrorDetails.of(null, text -> text)).isEqualTo(new ErrorDetails(null, null));
        Metadata garbage = new Metadata();
        garbage.put(ErrorDetails.KEY, new byte[] {1, 2, 3});
        assertThat(ErrorDetails.of(garbage, text -> text)).isEqualTo(new ErrorDetails(null, null));
    }
}
