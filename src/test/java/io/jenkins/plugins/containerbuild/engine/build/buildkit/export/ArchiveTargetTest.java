package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BytesMessage;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTargetTest {

    @TempDir
    private Path workspace;

    private final List<String> ends = new ArrayList<>();
    private Path file;
    private ArchiveTarget target;

    private final StreamObserver<byte[]> daemon = new StreamObserver<>() {
        @Override
        public void onNext(byte[] answer) {
            throw new IllegalStateException("nothing is answered to an archive");
        }

        @Override
        public void onError(Throwable cause) {
            ends.add(Status.fromThrowable(cause).getCode().toString());
        }

        @Override
        public void onCompleted() {
            ends.add("completed");
        }
    };

    @BeforeEach
    void setUp() throws Exception {
        file = workspace.toRealPath().resolve("out.tar");
        target = new ArchiveTarget(
                new ArchiveFile(TargetPlace.of(Exports.TROUBLE, "out.tar", workspace.toString())), "the output");
        target.begin();
    }

    private static byte[] piece(String text) {
        return BytesMessage.newBuilder()
                .setData(ByteString.copyFromUtf8(text))
                .build()
                .toByteArray();
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.toList();
        }
    }

    @Test
    void isInItsPlaceOnceItIsKept() throws Exception {
        StreamObserver<byte[]> stream = target.receive(daemon);
        stream.onNext(piece("one "));
        stream.onNext(piece("two"));
        stream.onCompleted();
        assertThat(ends).containsExactly("completed");
        assertThat(file).doesNotExist();

        assertThat(target.keep()).isEqualTo(file.toString());
        target.discard();

        assertThat(file).hasContent("one two");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void replacesALinkInsteadOfFollowingIt() throws Exception {
        Path victim = Files.writeString(workspace.resolve("victim"), "untouched");
        Files.createSymbolicLink(file, victim);

        StreamObserver<byte[]> stream = target.receive(daemon);
        stream.onNext(piece("new"));
        stream.onCompleted();
        target.keep();

        assertThat(victim).hasContent("untouched");
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void aCutStreamLeavesNothing() throws Exception {
        StreamObserver<byte[]> stream = target.receive(daemon);
        stream.onNext(piece("half"));
        stream.onError(Status.CANCELLED.asRuntimeException());

        assertThatThrownBy(target::keep).hasMessageContaining("without having sent all of it");
        target.discard();

        assertThat(files()).isEmpty();
    }

    @Test
    void aCancelledBuildLeavesNothingEvenWhileTheDaemonSends() throws Exception {
        StreamObserver<byte[]> stream = target.receive(daemon);
        stream.onNext(piece("half"));

        target.discard();
        stream.onNext(piece("more"));
        target.receive(daemon);

        assertThat(files()).isEmpty();
        assertThat(ends).hasSize(2);
    }

    @Test
    void aSecondAttemptBeginsAnew() throws Exception {
        StreamObserver<byte[]> first = target.receive(daemon);
        first.onNext(piece("the first"));
        first.onCompleted();

        target.begin();
        assertThatThrownBy(target::keep).hasMessageContaining("without having sent all of it");
        StreamObserver<byte[]> second = target.receive(daemon);
        second.onNext(piece("the second"));
        second.onCompleted();
        target.keep();

        assertThat(file).hasContent("the second");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aPlaceThatMeanwhileLeadsOutsideIsRefused(@TempDir Path other) throws Exception {
        ArchiveTarget deeper = new ArchiveTarget(
                new ArchiveFile(TargetPlace.of(Exports.TROUBLE, "sub/out.tar", workspace.toString())), "the output");
        Files.createSymbolicLink(workspace.resolve("sub"), other);

        deeper.begin();
        deeper.receive(daemon);

        assertThat(deeper.failure()).hasMessageContaining("outside the workspace");
        assertThat(ends).containsExactly("ABORTED");
        assertThat(other).isEmptyDirectory();
    }
}
