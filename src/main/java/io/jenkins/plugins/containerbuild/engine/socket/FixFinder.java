package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the one thing to do on this host. docs/docker-sock.md has the same recipes with their reasons. */
final class FixFinder {

    private static final String USUAL = "/var/run/docker.sock";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=-]+");
    private static final String NEW_CONTAINER = "Start the agent's container anew with the socket's group";

    private final PathFacts path;
    private final ProcessFacts process;
    private final ContainerFacts container;
    private final Contact contact;
    private final Accounts accounts;

    /** @param contact null when nobody was contacted, as path is for an address that is no unix socket's */
    FixFinder(PathFacts path, ProcessFacts process, ContainerFacts container, Contact contact, Accounts accounts) {
        this.path = path;
        this.process = process;
        this.container = container;
        this.contact = contact;
        this.accounts = accounts;
    }

    SocketFix find(SocketVerdict verdict) {
        return switch (verdict) {
            case USABLE, USABLE_REMOTE -> SocketFix.NONE;
            case ABSENT -> container.inContainer() ? mounted() : started("Start the daemon");
            case DIRECTORY -> directory();
            case NOT_A_SOCKET ->
                fix(
                        "Move what is there out of the way, and start Docker again",
                        "sudo mv " + shown(path.path()) + " " + shown(path.path() + ".old"),
                        "sudo systemctl restart docker.socket docker");
            case PATH_CLOSED ->
                fix(
                        "See which directory keeps " + process.user()
                                + " out, and let it in there, or name another socket" + " by DOCKER_HOST",
                        "namei -l " + shown(path.path()));
            case DENIED_BY_GROUP -> container.inContainer() ? groupOfContainer() : groupOfUser();
            case DENIED_UNTIL_RECONNECT -> restarted();
            case DENIED -> denied();
            case ROOTLESS_OF_OTHER_USER -> ownDaemon();
            case NOT_LISTENING -> notListening();
            case NOT_ANSWERING ->
                path == null
                        ? fix("Check that the machine is up and that no firewall is between")
                        : fix(onHost("Read the daemon's log, and start it again"), journal(), control("restart"));
            case NOT_AN_ENGINE, UNREACHABLE, TLS_TROUBLE, ADDRESS_UNUSABLE ->
                fix(contact == null ? "" : contact.advice());
        };
    }

    private SocketFix mounted() {
        String end = path.path().equals(USUAL) ? USUAL : shown(path.path());
        return switch (container.runtime()) {
            case KUBERNETES ->
                fix(
                        "Mount the node's socket into the pod; its group is what \"stat -c %g " + USUAL
                                + "\" prints on the node",
                        "spec:",
                        "  securityContext:",
                        "    supplementalGroups: [GROUP]",
                        "  containers:",
                        "    - name: jnlp",
                        "      volumeMounts:",
                        "        - name: docker-sock",
                        "          mountPath: " + end,
                        "  volumes:",
                        "    - name: docker-sock",
                        "      hostPath:",
                        "        path: " + USUAL,
                        "        type: Socket");
            case PODMAN ->
                fix(
                        "Start podman's service on the host, and the agent's container anew with its socket",
                        "systemctl --user enable --now podman.socket",
                        "podman run -v $XDG_RUNTIME_DIR/podman/podman.sock:" + end + " --userns keep-id ...");
            default ->
                fix(
                        "Start the agent's container anew with the host's socket and its group",
                        "docker run -v " + USUAL + ":" + end + " --group-add $(stat -c %g " + USUAL + ") ...");
        };
    }

    private SocketFix directory() {
        String remove = path.kind() == PathKind.EMPTY_DIRECTORY ? "sudo rmdir " : "sudo mv -T ";
        String old = path.kind() == PathKind.EMPTY_DIRECTORY ? "" : " " + shown(path.path() + ".old");
        return fix(
                container.inContainer()
                        ? "On the host, remove the directory that the container was given as its socket, start Docker,"
                                + " and create the agent's container anew"
                        : "Remove the directory, and start Docker",
                remove + shown(path.path()) + old,
                "sudo systemctl restart docker.socket docker");
    }

    private SocketFix groupOfContainer() {
        long gid = path.gid();
        return switch (container.runtime()) {
            case KUBERNETES ->
                fix(
                        "Give the pod the socket's group",
                        "spec:",
                        "  securityContext:",
                        "    supplementalGroups: [" + gid + "]");
            case PODMAN ->
                container.rootless()
                        ? fix(
                                "Start the agent's container anew as the user who runs podman, by the same number",
                                "podman run --userns keep-id ...")
                        : fix(NEW_CONTAINER, "podman run --group-add " + gid + " ...");
            case DOCKER_DESKTOP ->
                fix(
                        NEW_CONTAINER + "; a group of Docker Desktop's virtual machine has nothing to do with those of"
                                + " your own",
                        compose(gid));
            default ->
                gid == 0
                        ? groupOfItsOwn()
                        : fix(NEW_CONTAINER + ", by docker run or in the file of Compose", compose(gid));
        };
    }

    /** Nobody should be put into group 0, and Docker gives its socket to the group "docker" as soon as there is one. */
    private static SocketFix groupOfItsOwn() {
        return fix(
                "On the host, give the socket a group of its own; start the agent's container anew with it",
                "sudo groupadd --system docker",
                "sudo systemctl restart docker.socket docker",
                "docker run --group-add $(stat -c %g " + USUAL + ") ...");
    }

    private static String[] compose(long gid) {
        return new String[] {
            "docker run --group-add " + gid + " ...",
            "# or, for the agent's service in compose.yaml:",
            "group_add: [\"" + gid + "\"]"
        };
    }

    private SocketFix groupOfUser() {
        if (process.user().equals(String.valueOf(process.uid()))) {
            return fix(
                    "Run the agent as a user with a name; until Docker starts again, this helps",
                    "sudo setfacl -m u:" + process.uid() + ":rw " + shown(path.realPath()));
        }
        List<String> lines = new ArrayList<>();
        String group = path.group();
        if (group != null && !accounts.hasGroup(group)) {
            return new SocketFix(
                    "Put " + process.user() + " into the group " + group
                            + " where the system keeps it, which is not /etc/group (LDAP, SSSD), and restart the agent",
                    container.service() == null
                            ? List.of()
                            : List.of("sudo systemctl restart " + shown(container.service())));
        }
        if (path.gid() == 0) {
            // Docker gives its socket to the group "docker" as soon as there is one.
            group = "docker";
            if (!accounts.hasGroup(group)) {
                lines.add("sudo groupadd --system docker");
            }
            lines.add("sudo systemctl restart docker.socket docker");
        } else if (group == null) {
            group = accounts.hasGroup("docker") ? "docker-" + path.gid() : "docker";
            lines.add("sudo groupadd --gid " + path.gid() + " " + group);
        }
        lines.add("sudo usermod -aG " + shown(group) + " " + shown(process.user()));
        if (container.service() != null) {
            lines.add("sudo systemctl restart " + shown(container.service()));
        }
        return new SocketFix(
                "Put " + process.user() + " into the group " + group + ", and "
                        + (container.service() == null ? "start the agent's process again" : "restart the agent"),
                lines);
    }

    private SocketFix restarted() {
        if (container.inContainer()) {
            return container.id() == null
                    ? fix("Restart the agent's container")
                    : fix("Restart the agent's container, on its host", "docker restart " + container.id());
        }
        return container.service() == null
                ? fix("Start the agent's process again")
                : fix("Restart the agent", "sudo systemctl restart " + shown(container.service()));
    }

    private SocketFix denied() {
        if (path.groupMayUse()) {
            return container.inContainer()
                    ? fix(
                            "Where SELinux keeps the container from the socket, start it anew with",
                            (container.runtime() == ContainerRuntime.PODMAN ? "podman" : "docker")
                                    + " run --security-opt label=disable ...")
                    : fix(
                            "See what refuses it: an entry of its access control list, or a rule of SELinux or AppArmor",
                            "getfacl " + shown(path.realPath()),
                            "sudo journalctl --dmesg --grep 'avc|apparmor' --since -5min");
        }
        if (container.inContainer() && container.rootless()) {
            return fix(
                    "Start the agent's container anew with the groups of the user who runs it",
                    "podman run --group-add keep-groups ...");
        }
        return fix(
                onHost("Give the socket's group its rights back; a restart of Docker does the same"),
                "sudo chmod 660 " + shown(path.realPath()));
    }

    private SocketFix ownDaemon() {
        if (isPodman()) {
            return fix(
                    "Start podman's service for the agent's own user",
                    "systemctl --user enable --now podman.socket",
                    "export DOCKER_HOST=unix:///run/user/" + process.uid() + "/podman/podman.sock");
        }
        return fix(
                "Start a rootless Docker of the agent's own user, or name the system's socket by DOCKER_HOST",
                "dockerd-rootless-setuptool.sh install",
                "sudo loginctl enable-linger " + shown(process.user()),
                "export DOCKER_HOST=unix:///run/user/" + process.uid() + "/docker.sock");
    }

    private SocketFix notListening() {
        if (Boolean.TRUE.equals(path.deleted())) {
            return container.id() == null
                    ? fix("Restart the agent's container, which then gets the new socket")
                    : fix(
                            "Restart the agent's container on its host, which then gets the new socket",
                            "docker restart " + container.id());
        }
        return started(container.inContainer() ? "Start the daemon on the host" : "Start the daemon");
    }

    private SocketFix started(String title) {
        return fix(title, control(isPodman() ? "enable --now" : "start"));
    }

    private String onHost(String title) {
        return container.inContainer() ? title + " (on the host)" : title;
    }

    private String control(String verb) {
        String unit = isPodman() ? "podman.socket" : "docker";
        return (isOwn() ? "systemctl --user " : "sudo systemctl ") + verb + " " + unit;
    }

    private String journal() {
        String unit = isPodman() ? "podman" : "docker";
        return (isOwn() ? "journalctl --user" : "sudo journalctl") + " -u " + unit + " --since -10min";
    }

    /** Whether the daemon is one of the agent's own user. */
    private boolean isOwn() {
        return path != null && path.path().contains("/run/user/");
    }

    private boolean isPodman() {
        boolean named = path != null && path.path().contains("podman");
        return named
                || LocalCommand.find("dockerd").isEmpty()
                        && LocalCommand.find("podman").isPresent();
    }

    private static SocketFix fix(String title, String... lines) {
        return new SocketFix(title, List.of(lines));
    }

    /** A word as a shell takes it: what could be anything else to it is put into quotes. */
    private static String shown(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
