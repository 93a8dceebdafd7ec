package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** The daemons that builds have used, those used lately last. In a file of its own: builds that have died are not asked. */
@Extension
public final class NodeDaemons implements Saveable {

    private static final String FILE = NodeDaemons.class.getName() + ".xml";

    /** So many at most: builds may name daemons as they like. */
    private static final int MOST = 1000;

    private final ArrayList<UsedDaemon> daemons = new ArrayList<>();

    /** Reads what was saved. */
    public NodeDaemons() throws IOException {
        XmlFile file = file();
        if (file.exists()) {
            file.unmarshal(this);
        }
    }

    static NodeDaemons get() {
        return ExtensionList.lookupSingleton(NodeDaemons.class);
    }

    /** Adds one that a build is about to use; forgets those of nodes that are gone. */
    synchronized void add(UsedDaemon daemon) throws IOException {
        if (!daemons.contains(daemon)) {
            daemons.removeIf(other -> !other.hasNode());
            if (daemons.size() >= MOST) {
                daemons.remove(0);
            }
            daemons.add(daemon);
            save();
        }
    }

    /** All of them. */
    synchronized List<UsedDaemon> all() {
        return List.copyOf(daemons);
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
