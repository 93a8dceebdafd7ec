package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.containerbuild.agent.LoginTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The folders with logins that blocks of builds have, or have had: one whose agent was lost is removed once the agent is
 * there again. Saved before a folder is made, so that none is forgotten; there is no login in it.
 */
@Extension
public final class WrittenLogins implements Saveable {

    private static final Logger LOGGER = Logger.getLogger(WrittenLogins.class.getName());
    private static final String FILE = WrittenLogins.class.getName() + ".xml";

    /** What tells programs of the folder. */
    private static final String VARIABLE = "DOCKER_CONFIG";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ArrayList<LoginPlace> places = new ArrayList<>();

    /** Reads what was saved. */
    public WrittenLogins() throws IOException {
        XmlFile file = file();
        if (file.exists()) {
            file.unmarshal(this);
        }
    }

    /** The one of this Jenkins. */
    public static WrittenLogins get() {
        return ExtensionList.lookupSingleton(WrittenLogins.class);
    }

    /**
     * Notes a folder that is about to be made.
     *
     * @param node the name of the node; empty for the controller's own
     * @param variables those around the block by which a daemon is found
     * @throws IOException when Jenkins cannot save it; then the folder must not be made
     */
    public synchronized void add(Run<?, ?> run, String node, String folder, Map<String, String> variables)
            throws IOException {
        String around = outside(node, variables).get(VARIABLE);
        places.add(new LoginPlace(Makers.build(run), node, folder, around));
        save();
    }

    /**
     * Variables as they are outside of all blocks with logins: the daemon that is found by them there is the same one, and
     * is still found when the blocks have ended.
     */
    public synchronized Map<String, String> outside(String node, Map<String, String> variables) {
        String folder = variables.get(VARIABLE);
        for (LoginPlace place : places) {
            if (place.folder().equals(folder) && place.node().equals(node)) {
                Map<String, String> outside = new HashMap<>(variables);
                outside.remove(VARIABLE);
                if (place.around() != null) {
                    outside.put(VARIABLE, place.around());
                }
                return outside;
            }
        }
        return variables;
    }

    /** A build has ended: whatever its blocks could not remove goes now. */
    static void endOf(Run<?, ?> run) {
        String build = Makers.build(run);
        remove(place -> place.build().equals(build));
    }

    /** A node is there, or an hour has passed: what builds have left that are gone. */
    static void sweep(Computer computer) {
        remove(place -> place.node().equals(computer.getName()) && Living.isOver(place.build()));
    }

    private static void remove(Predicate<LoginPlace> which) {
        for (LoginPlace place : get().all()) {
            Computer computer = which.test(place) ? Jenkins.get().getComputer(place.node()) : null;
            if (computer != null && computer.getChannel() != null) {
                Computer.threadPoolForRemoting.execute(() -> remove(place, computer));
            } else if (!place.hasNode()) {
                get().forget(place);
            }
        }
    }

    private static void remove(LoginPlace place, Computer computer) {
        try {
            NodeCall.within(
                    LIMIT,
                    computer,
                    () -> EndpointRequest.fromEnvironment(Map.of()),
                    new LoginTask.Remove(place.folder()),
                    "remove the logins of " + place.build());
            get().forget(place);
        } catch (EngineException e) {
            LOGGER.log(Level.WARNING, () -> EventText.printable(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<LoginPlace> all() {
        return List.copyOf(places);
    }

    private synchronized void forget(LoginPlace place) {
        try {
            if (places.remove(place)) {
                save();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save that the logins of " + place.build() + " are removed");
        }
    }

    @Override
    public synchronized void save() throws IOException {
        XmlFile file = file();
        file.write(this);
        SaveableListener.fireOnChange(this, file);
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM, new File(Jenkins.get().getRootDir(), FILE));
    }
}
