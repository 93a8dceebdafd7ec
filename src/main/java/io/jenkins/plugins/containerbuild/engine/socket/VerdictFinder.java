package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.Contact;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comes to a verdict, with the sentence that says why. The system's own answer decides; the facts only say why it was so. */
final class VerdictFinder {

    private static final long ROOT = 0;
    /** What a user namespace shows for everybody whom it does not map. */
    private static final long UNMAPPED = 65534;

    private final String uri;
    private final PathFacts path;
    private final ProcessFacts process;
    private final Contact contact;

    /** @param path null for an address that is no unix socket's */
    VerdictFinder(String uri, PathFacts path, ProcessFacts process, Contact contact) {
        this.uri = uri;
        this.path = path;
        this.process = process;
        this.contact = contact;
    }

    /**
     * What was found.
     *
     * @param verdict the verdict
     * @param why the sentence, without a full stop
     */
    record Finding(SocketVerdict verdict, String why) {}

    /** What the path tells without anybody being contacted; null when it takes a contact. */
    static Finding beforehand(PathFacts path, ProcessFacts process) {
        return switch (path.kind()) {
            case SOCKET -> null;
            case ABSENT ->
                new Finding(
                        SocketVerdict.ABSENT,
                        path.target() == null
                                ? "there is no " + path.path()
                                : path.path() + " is a link to " + path.target() + ", which does not exist");
            case CLOSED -> closed(path, process);
            case EMPTY_DIRECTORY ->
                new Finding(
                        SocketVerdict.DIRECTORY,
                        path.path() + " is an empty directory: Docker makes one when it is told to mount a socket that"
                                + " does not exist");
            case DIRECTORY -> new Finding(SocketVerdict.DIRECTORY, path.path() + " is a directory with files in it");
            case FILE -> new Finding(SocketVerdict.NOT_A_SOCKET, path.path() + " is a file and no socket");
            case OTHER -> new Finding(SocketVerdict.NOT_A_SOCKET, path.path() + " is no socket");
        };
    }

    private static Finding closed(PathFacts path, ProcessFacts process) {
        String own = "/run/user/" + process.uid() + "/";
        String real = path.path().replaceFirst("^/var/run/", "/run/");
        if (real.startsWith("/run/user/") && !real.startsWith(own)) {
            return new Finding(
                    SocketVerdict.ROOTLESS_OF_OTHER_USER,
                    path.path() + " is in the folder of another user than " + who(process));
        }
        return new Finding(
                SocketVerdict.PATH_CLOSED, who(process) + " may not enter one of the directories above " + path.path());
    }

    /** What the contact tells. */
    Finding find() {
        return switch (contact.kind()) {
            case ANSWERED ->
                new Finding(
                        path == null && uri.startsWith("tcp:") ? SocketVerdict.USABLE_REMOTE : SocketVerdict.USABLE,
                        contact.info().product() + " " + contact.info().version() + " answers at " + uri);
            case DENIED -> path == null ? unreachable() : denied();
            case NOT_LISTENING ->
                path == null
                        ? unreachable()
                        : new Finding(
                                SocketVerdict.NOT_LISTENING,
                                Boolean.TRUE.equals(path.deleted())
                                        ? path.path() + " is a socket that has been deleted on the host since this"
                                                + " container was started: Docker has made a new one there"
                                        : "nothing listens at " + path.path()
                                                + ": the daemon that made it does not run");
            case SILENT ->
                new Finding(
                        SocketVerdict.NOT_ANSWERING,
                        (contact.connected() ? "a daemon listens at " : "no connection is taken at ")
                                + uri
                                + (contact.connected() ? ", but it says nothing" : ", and none is refused"));
            case NO_ENGINE ->
                new Finding(SocketVerdict.NOT_AN_ENGINE, "no Docker Engine answers at " + uri + ": " + contact.why());
            case TLS_TROUBLE -> new Finding(SocketVerdict.TLS_TROUBLE, uri + ": " + contact.why());
            case UNREACHABLE -> unreachable();
        };
    }

    private Finding unreachable() {
        return new Finding(SocketVerdict.UNREACHABLE, uri + " cannot be reached: " + contact.why());
    }

    private Finding denied() {
        String socket = path.path() + " (" + path.access() + ")";
        if (path.uid() == UNMAPPED || path.gid() == UNMAPPED) {
            return new Finding(
                    SocketVerdict.DENIED,
                    socket + " belongs to a user or group that this container's user namespace does not know");
        }
        if (path.uid() != ROOT && !path.uid().equals(process.uid())) {
            return new Finding(
                    SocketVerdict.ROOTLESS_OF_OTHER_USER,
                    path.path() + " is the socket of " + path.user() + ", who runs a rootless daemon, and not of "
                            + who(process));
        }
        if (!path.groupMayUse()) {
            return new Finding(
                    SocketVerdict.DENIED,
                    "not even the group of " + socket + " may use it, and " + who(process) + " is not its owner");
        }
        if (process.has(path.gid())) {
            return new Finding(
                    SocketVerdict.DENIED,
                    who(process) + " has the group of " + socket
                            + ", but is refused: SELinux, AppArmor or an access control list keeps it out");
        }
        if (process.wouldHave(path.gid())) {
            return new Finding(
                    SocketVerdict.DENIED_UNTIL_RECONNECT,
                    process.user() + " has been put into the group " + group() + " of " + socket
                            + " after this process was started, and a process keeps the groups that it started with");
        }
        return new Finding(
                SocketVerdict.DENIED_BY_GROUP,
                who(process) + " is not in the group " + group() + ", which may use " + socket);
    }

    private String group() {
        return path.group() == null ? "with the number " + path.gid() : path.group() + " (" + path.gid() + ")";
    }

    private static String who(ProcessFacts process) {
        String groups = Stream.concat(Stream.ofNullable(process.gid()), process.groups().stream())
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return process.uid() == null
                ? "the user " + process.user()
                : "the user " + process.user() + " (uid " + process.uid() + ", groups " + groups + ")";
    }
}
