package io.lanewise.cli;

import io.lanewise.training.History;
import io.lanewise.training.TrainingListener;
import io.lanewise.training.checkpoint.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Saves the weights after each epoch, and says which they are if the process is told to end, as by
 * Ctrl-C. A file that is being written then is written to its end, and no other one is begun.
 */
final class EpochSaver implements TrainingListener, AutoCloseable {
  private final TrainingDisplay display;
  private final ModelFile model;
  private final Path file;
  private final Thread hook = new Thread(this::interrupted);
  private int saved;
  private boolean ended;

  private EpochSaver(TrainingDisplay display, ModelFile model, Path file) {
    this.display = display;
    this.model = model;
    this.file = file;
  }

  /** A saver that waits for the end of the process until it is closed. */
  static EpochSaver start(TrainingDisplay display, ModelFile model, Path file) {
    EpochSaver saver = new EpochSaver(display, model, file);
    Runtime.getRuntime().addShutdownHook(saver.hook);
    return saver;
  }

  @Override
  public void onBatch(Progress progress) {
    display.onBatch(progress);
  }

  @Override
  public synchronized void onEpoch(History.Epoch epoch) {
    if (ended) {
      return;
    }
    try {
      model.save(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    saved = epoch.number();
    display.onEpoch(epoch);
  }

  private synchronized void interrupted() {
    ended = true;
    display.close();
    System.err.println(
        saved == 0
            ? "lanewise: interrupted before the first epoch ended; no weights were saved"
            : "lanewise: interrupted; the weights of epoch " + saved + " are in " + file);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook speaks.
    }
  }
}
