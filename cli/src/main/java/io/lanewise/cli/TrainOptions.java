package io.lanewise.cli;

import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.training.optim.Adam;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every training command has. */
final class TrainOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "15",
      description = "How often to go through the training images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images a step (default: 32 below 20,000 training images, otherwise 128).")
  private Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.002",
      description =
          "Adam's learning rate at the start; it falls to 0 along a cosine (default:"
              + " ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one for each core). The result is the same for any number.")
  private Integer threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Decides initial weights and the order of the images; the same seed gives the same"
              + " weights to the bit (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** Checks all of them, before any work is done. */
  void check() {
    epochs();
    batchSize(0);
    learningRate();
    threads();
  }

  int epochs() {
    return inRange("--epochs", epochs, 1, 100_000);
  }

  int batchSize(int images) {
    return batchSize == null
        ? images < 20_000 ? 32 : 128
        : inRange("--batch-size", batchSize, 1, 65_536);
  }

  double learningRate() {
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new ParameterException(
          spec.commandLine(),
          "--learning-rate must be above 0 and at most 10, got " + learningRate);
    }
    return learningRate;
  }

  Adam optimizer() {
    return Adam.withLearningRate(learningRate());
  }

  int threads() {
    return threads == null
        ? Runtime.getRuntime().availableProcessors()
        : inRange("--threads", threads, 1, 1024);
  }

  ForkJoinTeam team() {
    return ForkJoinTeam.of(threads());
  }

  long seed() {
    return seed;
  }

  private int inRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(), option + " must be " + min + " to " + max + ", got " + value);
    }
    return value;
  }
}
