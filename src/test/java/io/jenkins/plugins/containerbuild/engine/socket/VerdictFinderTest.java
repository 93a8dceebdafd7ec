package io.jenkins.plugins.containerbuild.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.endpoint.Contact;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why the system refused a connection. */
class VerdictFinderTest {

    private static final Contact DENIED =
            new Contact(Contact.Kind.DENIED, false, "permission denied", "advice", null, null, List.of());

    private static ProcessFacts jenkins(List<Long> groups, List<Long> granted) {
        return new ProcessFacts("jenkins", 1000L, 1000L, groups, granted);
    }

    private static PathFacts socket(long uid, long gid, String mode, List<String> acl) {
        return new PathFacts(
                "/run/docker.sock",
                null,
                PathKind.SOCKET,
                uid,
                "owner",
                gid,
                "docker",
                mode,
                acl,
                1L,
                2L,
                3L,
                false,
                false);
    }

    static Stream<Arguments> refusals() {
        ProcessFacts outside = jenkins(List.of(1000L), List.of(1000L));
        ProcessFacts granted = jenkins(List.of(1000L), List.of(1000L, 998L));
        ProcessFacts inside = jenkins(List.of(1000L, 998L), List.of(1000L, 998L));
        List<String> masked = List.of("user::rw-", "user:1000:rw-", "group::---", "mask::rw-", "other::---");
        return Stream.of(
                Arguments.of(
                        socket(0, 998, "660", List.of()),
                        outside,
                        SocketVerdict.DENIED_BY_GROUP,
                        "is not in the group docker (998)"),
                Arguments.of(
                        socket(0, 998, "660", null), outside, SocketVerdict.DENIED_BY_GROUP, "is not in the group"),
                Arguments.of(
                        socket(0, 998, "660", List.of()),
                        granted,
                        SocketVerdict.DENIED_UNTIL_RECONNECT,
                        "after this process was started"),
                Arguments.of(socket(0, 998, "660", List.of()), inside, SocketVerdict.DENIED, "SELinux"),
                Arguments.of(socket(0, 998, "600", List.of()), inside, SocketVerdict.DENIED, "not even the group"),
                Arguments.of(socket(0, 998, "640", List.of()), inside, SocketVerdict.DENIED, "not even the group"),
                Arguments.of(socket(0, 998, "660", masked), inside, SocketVerdict.DENIED, "not even the group"),
                Arguments.of(
                        socket(1001, 1001, "660", List.of()),
                        outside,
                        SocketVerdict.ROOTLESS_OF_OTHER_USER,
                        "a rootless daemon"),
                Arguments.of(socket(65534, 65534, "660", List.of()), outside, SocketVerdict.DENIED, "user namespace"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalHasItsReason(PathFacts path, ProcessFacts process, SocketVerdict verdict, String why) {
        VerdictFinder.Finding found = new VerdictFinder("unix:///run/docker.sock", path, process, DENIED).find();

        assertThat(found.verdict()).isEqualTo(verdict);
        assertThat(found.why()).contains(why);
    }

    @Test
    void theFolderOfAnotherUserIsNotEntered() {
        PathFacts closed = new PathFacts(
                "/var/run/user/1001/docker.sock",
                null,
                PathKind.CLOSED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(VerdictFinder.beforehand(closed, jenkins(List.of(), List.of()))
                        .verdict())
                .isEqualTo(SocketVerdict.ROOTLESS_OF_OTHER_USER);
    }
}
