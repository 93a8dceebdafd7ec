package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Which images builds have made in which daemon, those made lately last: nothing in a daemon tells, since a label would change
 * an image's digest. Is kept only while images have a bound.
 */
@Extension
public final class MadeImages implements Saveable {

    private static final Logger LOGGER = Logger.getLogger(MadeImages.class.getName());
    private static final String FILE = MadeImages.class.getName() + ".xml";

    /** So many at most. */
    private static final int MOST = 5000;

    private final ArrayList<MadeImage> images = new ArrayList<>();

    /** Reads what was saved. */
    public MadeImages() throws IOException {
        XmlFile file = file();
        if (file.exists()) {
            file.unmarshal(this);
        }
    }

    /** The one instance. */
    public static MadeImages get() {
        return ExtensionList.lookupSingleton(MadeImages.class);
    }

    /** A build has made an image, or found that it is there already. What cannot be saved is told in Jenkins' log. */
    public synchronized void note(UsedDaemon daemon, String id) {
        MadeImage image = new MadeImage(daemon, id);
        images.remove(image);
        if (images.size() >= MOST) {
            images.remove(0);
        }
        images.add(image);
        saveOrTell();
    }

    /** The ids of what builds made in a daemon. */
    synchronized List<String> of(UsedDaemon daemon) {
        return images.stream()
                .filter(image -> image.daemon().equals(daemon))
                .map(MadeImage::id)
                .toList();
    }

    /** Forgets images that are gone. */
    synchronized void forget(UsedDaemon daemon, Collection<String> ids) {
        if (images.removeIf(image -> image.daemon().equals(daemon) && ids.contains(image.id()))) {
            saveOrTell();
        }
    }

    private void saveOrTell() {
        try {
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not note which images builds have made", e);
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
