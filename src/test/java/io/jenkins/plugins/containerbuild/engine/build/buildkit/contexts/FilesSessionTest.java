package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SentDirectory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncDirectory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncRecord;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSessionTest {

    private static final PathPatterns ALL = new PathPatterns(List.of(), List.of(), List.of());

    private static final BuildKitEndpoint DAEMON = new Daemon("daemon", Duration.ZERO);

    @TempDir
    Path folder;

    private SessionMemory memory;
    private Path context;

    @BeforeEach
    void start() throws Exception {
        memory = new SessionMemory(folder.resolve("memory"));
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("file"), "text");
    }

    private Contexts contexts(String place) throws Exception {
        ContextDirectory directory = ContextDirectory.open(context, null);
        return new Contexts(place, Map.of(), Map.of("context", new SyncDirectory(place, directory::files)), Map.of());
    }

    private FilesSession open() throws Exception {
        return FilesSession.open(memory, contexts("here"), DAEMON, false);
    }

    /** What a daemon was told that asked for everything. */
    private SyncRecord told() throws Exception {
        SyncRecord record = new SyncRecord();
        record.begin();
        record.end(sent());
        return record;
    }

    private SentDirectory sent() throws Exception {
        return SentDirectory.of(
                "context", ALL, ContextDirectory.open(context, null).files(ALL));
    }

    private static SessionPlan plan(FilesSession session) {
        return session.next(false, List.of());
    }

    /** A build through it, during which the daemon asks for everything. */
    private String build(FilesSession session) throws Exception {
        SessionPlan plan = plan(session);
        plan.end().ended(plan.id(), true);
        session.remember(told(), false, true);
        return plan.id();
    }

    @Test
    void theSameFilesGoThroughTheSameSession() throws Exception {
        String first = build(open());
        String again = build(open());
        SessionPlan unasked = plan(open());

        assertThat(again).isEqualTo(first);
        assertThat(unasked.id()).isEqualTo(first);
        assertThat(unasked.files()).isNull();
    }

    @Test
    void otherFilesGoThroughAnotherSession() throws Exception {
        String first = build(open());
        Files.writeString(context.resolve("file"), "longer text");
        String changed = build(open());
        String place = build(FilesSession.open(memory, contexts("there"), DAEMON, false));
        String daemon =
                build(FilesSession.open(memory, contexts("here"), new Daemon("other daemon", Duration.ZERO), false));
        Files.delete(context.resolve("file"));
        String removed = build(open());
        String fresh = build(FilesSession.open(memory, contexts("here"), DAEMON, true));

        assertThat(List.of(first, changed, place, daemon, removed, fresh)).doesNotHaveDuplicates();
    }

    /** BuildKit itself would miss it in a file, but not in a Dockerfile or an ignore file. */
    @Test
    void seesAChangeThatKeepsSizeAndTime() throws Exception {
        FileTime time = Files.getLastModifiedTime(context.resolve("file"));
        String first = build(open());
        Files.writeString(context.resolve("file"), "more");
        Files.setLastModifiedTime(context.resolve("file"), time);

        assertThat(plan(open()).id()).isNotEqualTo(first);
    }

    @Test
    void whatIsLeftOutIsNoChangeOfItsDirectory() throws Exception {
        Path directory = Files.createDirectory(context.resolve("directory"));
        String first = build(open());
        Files.writeString(directory.resolve("left out"), "");
        Files.delete(directory.resolve("left out"));
        Files.setLastModifiedTime(directory, FileTime.fromMillis(0));

        assertThat(plan(open()).id()).isEqualTo(first);
    }

    @Test
    void isNotRememberedInTheContextItself() throws Exception {
        memory = new SessionMemory(context.resolve("cache"));
        String place = context.toUri().toString();
        String first = build(FilesSession.open(memory, contexts(place), DAEMON, false));

        assertThat(context.resolve("cache")).doesNotExist();
        assertThat(build(FilesSession.open(memory, contexts(place), DAEMON, false)))
                .isNotEqualTo(first);
    }

    @Test
    void twoBuildsAtOnceHaveTwoSessions() throws Exception {
        String first = build(open());
        FilesSession one = open();
        FilesSession other = open();

        assertThat(plan(one).id()).isEqualTo(first);
        assertThat(plan(other).id()).isNotEqualTo(first);
        assertThat(plan(one).id()).as("of the same build").isNotEqualTo(first);
    }

    @Test
    void isNotUsedAgainWhereItIsNotKnownWhatWentThroughIt() throws Exception {
        String first = build(open());
        FilesSession broken = open();
        SessionPlan plan = plan(broken);
        SyncRecord record = new SyncRecord();
        record.begin();
        record.end(null);
        plan.end().ended(plan.id(), true);
        broken.remember(record, false, true);
        String second = build(open());
        FilesSession changing = open();
        plan = plan(changing);
        plan.end().ended(plan.id(), true);
        Files.writeString(context.resolve("file"), "changed while it was built");
        changing.remember(told(), false, true);
        String third = build(open());

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    }

    @Test
    void isNotUsedAgainWithALoginInItOrWhileTheDaemonMayKnowIt() throws Exception {
        FilesSession login = open();
        SessionPlan plan = plan(login);
        plan.end().ended(plan.id(), true);
        login.remember(told(), false, false);
        FilesSession lingering = open();
        SessionPlan next = plan(lingering);
        next.end().ended(next.id(), false);
        lingering.remember(told(), false, true);

        assertThat(List.of(plan.id(), next.id(), plan(open()).id())).doesNotHaveDuplicates();
    }

    @Test
    void isKeptForLaterWhenTheDaemonStillKnowsIt() throws Exception {
        String first = build(open());
        FilesSession refused = open();
        SessionPlan plan = plan(refused);
        plan.end().ended("another one", true);
        refused.remember(told(), false, true);

        assertThat(plan(open()).id()).isEqualTo(first);
    }

    @Test
    void isNotTriedAsLongAsTheDaemonKnowsIt() throws Exception {
        String first = build(open());
        FilesSession early =
                FilesSession.open(memory, contexts("here"), new Daemon("daemon", Duration.ofHours(1)), false);

        assertThat(build(early)).isNotEqualTo(first);
        assertThat(plan(open()).id()).isEqualTo(first);
    }

    @Test
    void filesAloneGoThroughItWhereTheDaemonCanBeTold() throws Exception {
        FilesSession session = open();
        SessionPlan plan = session.next(true, List.of());
        plan.end().ended(plan.id(), true);
        session.remember(told(), false, true);

        SessionPlan again = open().next(true, List.of());

        assertThat(plan.files()).isNull();
        assertThat(again.id()).isNotEqualTo(plan.id());
        assertThat(again.files().id()).isEqualTo(plan.id());
        assertThat(again.files().directories()).containsExactly("context");
    }

    /** As for a build whose provenance would tell of the second session. */
    @Test
    void nothingButFilesGoesThroughOneInWhichALoginWasGiven() throws Exception {
        FilesSession login = open();
        SessionPlan plan = login.next(true, List.of());
        plan.end().ended(plan.id(), true);
        login.remember(told(), true, false);

        FilesSession together = open();
        SessionPlan fresh = plan(together);
        fresh.end().ended(fresh.id(), true);
        together.remember(told(), false, true);
        SessionPlan apart = open().next(true, List.of());

        assertThat(fresh.id()).isNotEqualTo(plan.id());
        assertThat(fresh.files()).isNull();
        assertThat(apart.files().id()).isEqualTo(plan.id());
    }

    @Test
    void aLoginBesideTheFilesAloneIsNoneInTheirSession() throws Exception {
        String first = build(open());
        FilesSession apart = open();
        SessionPlan plan = apart.next(true, List.of());
        plan.end().ended(plan.files().id(), true);
        apart.remember(told(), true, false);

        assertThat(plan(open()).id()).isEqualTo(first);
    }

    /** Nobody connects to it. */
    private record Daemon(String name, Duration sessionLingers) implements BuildKitEndpoint {

        @Override
        public DuplexStream connect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public EngineException lost(IOException cause) {
            throw new UnsupportedOperationException();
        }
    }
}
