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
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The daemons that have volumes which end with a job. In a file of its own: a job's own files are gone when it is deleted. */
@Extension
public final class JobDaemons implements Saveable {

    private static final String FILE = JobDaemons.class.getName() + ".xml";

    private final ArrayList<JobDaemon> entries = new ArrayList<>();

    /** Reads what was saved. */
    public JobDaemons() throws IOException {
        XmlFile file = file();
        if (file.exists()) {
            file.unmarshal(this);
        }
    }

    static JobDaemons get() {
        return ExtensionList.lookupSingleton(JobDaemons.class);
    }

    /** Adds a daemon of a job that is about to make a volume there. */
    synchronized void add(String job, UsedDaemon daemon) throws IOException {
        JobDaemon entry = new JobDaemon(job, job, daemon);
        if (!entries.contains(entry)) {
            entries.add(entry);
            save();
        }
    }

    /** The jobs that have made something under a name, which may be one that they do not have any more. */
    synchronized Stream<String> labelledBy(String label) {
        return List.copyOf(entries).stream()
                .filter(entry -> entry.label().equals(label))
                .map(JobDaemon::job);
    }

    /** Follows a job to its new name. */
    synchronized void rename(String from, String to) throws IOException {
        if (entries.stream().anyMatch(entry -> entry.job().equals(from))) {
            entries.replaceAll(entry -> entry.job().equals(from) ? entry.renamed(to) : entry);
            save();
        }
    }

    /**
     * Forgets a job.
     *
     * @return where its volumes are; without those which carry a name that another job has had, too, and still needs
     */
    synchronized List<JobDaemon> remove(String job) throws IOException {
        List<JobDaemon> gone =
                entries.stream().filter(entry -> entry.job().equals(job)).toList();
        if (gone.isEmpty()) {
            return gone;
        }
        entries.removeAll(gone);
        save();
        return gone.stream()
                .filter(entry ->
                        entries.stream().noneMatch(other -> other.label().equals(entry.label())))
                .toList();
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
