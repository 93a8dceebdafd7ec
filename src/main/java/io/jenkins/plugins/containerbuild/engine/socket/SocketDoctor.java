package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.Contact;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointProbe;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at an endpoint from inside the agent: path, process, container, a real connection. Needs no answer from Docker, and
 * changes nothing.
 */
public final class SocketDoctor {

    /** How long connecting and all answers together may take, unless said otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private static final ConnectionFacts NOT_CONTACTED =
            new ConnectionFacts(false, false, null, null, null, null, null, null, List.of());

    private final SystemFiles files = new SystemFiles();
    private final ProcessFacts process = new ProcessReader(files).read();
    private final ContainerFacts container = new ContainerReader(files, System.getenv()).read();
    private final Duration limit;

    private SocketDoctor(Duration limit) {
        this.limit = limit;
    }

    /** As the other one, within {@link #LIMIT}. */
    public static SocketDiagnosis diagnose(EndpointRequest endpoint) throws InterruptedException {
        return diagnose(endpoint, LIMIT);
    }

    /**
     * Looks at the endpoint. Of several usual sockets it tells of the first that can be used, or else of the one that
     * tells most; each has the limit of its own.
     *
     * @param limit how long connecting and answers may take; what is not there by then is a verdict, no exception
     * @throws InterruptedException when the thread was interrupted
     */
    public static SocketDiagnosis diagnose(EndpointRequest endpoint, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        SocketDiagnosis found = new SocketDoctor(limit).look(endpoint);
        return found.tookMillis(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private SocketDiagnosis look(EndpointRequest endpoint) throws InterruptedException {
        List<EndpointProbe> probes;
        try {
            probes = EndpointProbe.of(endpoint);
        } catch (EndpointException e) {
            return new SocketDiagnosis(
                    endpoint.uri(),
                    "given",
                    SocketVerdict.ADDRESS_UNUSABLE,
                    e.what() + ": " + e.why(),
                    new SocketFix(e.advice(), List.of()),
                    null,
                    process,
                    container,
                    NOT_CONTACTED,
                    List.of(),
                    0);
        }
        List<SocketDiagnosis> all = new ArrayList<>();
        for (EndpointProbe probe : probes) {
            SocketDiagnosis one = look(probe);
            all.add(one);
            if (one.usable()) {
                break;
            }
        }
        SocketDiagnosis best = best(all);
        return best.others(all.stream()
                .filter(one -> one != best)
                .map(one -> new SocketDiagnosis.Other(one.uri(), one.verdict()))
                .toList());
    }

    /** One that is there tells more than one that is not. */
    private static SocketDiagnosis best(List<SocketDiagnosis> all) {
        return all.stream()
                .filter(SocketDiagnosis::usable)
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> one.verdict() != SocketVerdict.ABSENT)
                        .findFirst())
                .orElse(all.get(0));
    }

    private SocketDiagnosis look(EndpointProbe probe) throws InterruptedException {
        Path socket = probe.socket();
        PathFacts path = socket == null ? null : new PathReader(files).read(socket);
        VerdictFinder.Finding finding = path == null ? null : VerdictFinder.beforehand(path, process);
        ProcessFacts who = process;
        Contact contact = null;
        if (finding == null) {
            contact = probe.contact(limit);
            if (contact.kind() == Contact.Kind.DENIED) {
                who = new ProcessReader(files).withGroupsOfTheSystem(process);
            }
            finding = new VerdictFinder(probe.uri(), path, who, contact).find();
        }
        SocketFix fix = new FixFinder(path, who, container, contact, new Accounts(files)).find(finding.verdict());
        return new SocketDiagnosis(
                probe.uri(),
                probe.source(),
                finding.verdict(),
                finding.why(),
                fix,
                path,
                who,
                container,
                contact == null ? NOT_CONTACTED : facts(contact),
                List.of(),
                0);
    }

    private static ConnectionFacts facts(Contact contact) {
        var info = contact.info();
        boolean answered = info != null;
        return new ConnectionFacts(
                contact.connected(),
                answered,
                contact.why(),
                answered ? info.product() : null,
                answered ? info.version() : null,
                answered ? info.apiVersion() : null,
                answered ? info.serverApiVersion() : null,
                contact.rootDir(),
                contact.securityOptions());
    }
}
