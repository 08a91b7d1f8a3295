package io.lanewise.cli;

import io.lanewise.cli.report.ReportPage;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.Summary;
import io.lanewise.layers.models.Architectures;
import io.lanewise.training.Evaluation;
import io.lanewise.training.History;
import io.lanewise.training.Loss;
import io.lanewise.training.NormalizedImages;
import io.lanewise.training.Trainer;
import io.lanewise.training.checkpoint.ModelFile;
import io.lanewise.training.data.ImageDataset;
import io.lanewise.training.data.ImageNormalization;
import io.lanewise.training.data.Split;
import io.lanewise.training.metrics.ConfusionMatrix;
import io.lanewise.training.metrics.TopK;
import io.lanewise.training.optim.LearningRate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What {@code demo} and {@code train} do: train, save the weights after each epoch, evaluate, write
 * the report.
 */
final class TrainingRun {
  private final Architectures.Architecture model;
  private final Split split;
  private final TrainOptions options;
  private final Path out;
  private final Path weights;
  private final PrintWriter terminal;

  TrainingRun(String model, Split split, TrainOptions options, Path out, PrintWriter terminal) {
    this.model = Architectures.byName(model);
    this.split = split;
    this.options = options;
    this.out = out;
    this.weights = out.resolve(this.model.name() + ".safetensors");
    this.terminal = terminal;
  }

  void run() {
    int pad = pad(split.train());
    Path report = out.resolve("report.html");
    prepareFolder(report);
    try (ForkJoinTeam team = options.team()) {
      Result result = train(team, pad);
      terminal.println();
      terminal.println(result.confusion);
      terminal.printf(Locale.ROOT, "test accuracy  %.2f %%%n", 100 * result.confusion.accuracy());
      ReportPage.write(result.report(this), report);
      terminal.println("weights        " + weights);
      terminal.println("report         " + report);
      terminal.flush();
    } catch (UncheckedIOException e) {
      throw new UserException(Problems.describe(e.getCause()), e);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
  }

  /** Before training starts, not after it: the folder is there and can be written to. */
  private void prepareFolder(Path report) {
    try {
      Files.createDirectories(out);
      Path probe = Files.createTempFile(out, ".lanewise", ".tmp");
      Files.delete(probe);
    } catch (NoSuchFileException e) {
      throw new UserException("cannot make the folder " + out + ": the system does not let us", e);
    } catch (IOException e) {
      throw new UserException("cannot write to the folder " + out + ": " + Problems.describe(e), e);
    }
    for (Path file : List.of(weights, report)) {
      if (Files.isDirectory(file)) {
        throw new UserException(
            file + " is in the way: it is a folder, expected a file or nothing");
      }
    }
  }

  private Result train(ForkJoinTeam team, int pad) {
    ImageDataset images = split.train();
    ImageNormalization normalization = NormalizedImages.measure(images, pad);
    NormalizedImages train = new NormalizedImages(images, normalization);
    NormalizedImages test = new NormalizedImages(split.test(), normalization);
    Sequential net = model.create().apply(images.classes());
    Shape input = model.input().prepend(1);
    Backend backend = Backend.best();
    SplittableRandom random = new SplittableRandom(options.seed());
    net.build(input, random);
    Summary summary = Summary.of(net, input);
    terminal.printf(
        Locale.ROOT,
        "%s on %s, %d classes%n%,d images to train on, %,d to test%n%s, %d %s%n%n%s%n",
        model.title(),
        dataName(),
        images.classes(),
        train.size(),
        test.size(),
        backend.describe(),
        team.workers(),
        team.workers() == 1 ? "thread" : "threads",
        summary);
    terminal.flush();
    ModelFile file = new ModelFile(model.name(), net, images.classNames(), normalization);
    long start = System.nanoTime();
    History history;
    try (TrainingDisplay display = TrainingDisplay.start(options.epochs(), train.size(), terminal);
        EpochSaver saver = EpochSaver.start(display, file, weights)) {
      history =
          Trainer.of(net)
              .backend(backend)
              .parallel(team)
              .optimizer(options.optimizer())
              .schedule(LearningRate.cosine())
              .epochs(options.epochs())
              .batchSize(options.batchSize(train.size()))
              .seed(options.seed())
              .listener(saver)
              .fit(train, test);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Context ctx = Context.inference(backend, team);
    ConfusionMatrix confusion = new ConfusionMatrix(images.classNames());
    SampleChoice samples = new SampleChoice(split.test(), options.seed());
    Evaluation.of(
        net,
        test,
        256,
        Loss.crossEntropy(),
        ctx,
        (index, label, output, row) -> {
          confusion.add(label, TopK.topK(output.slice(row, row + 1), 1)[0]);
          samples.visit(index, label, output, row, ctx);
        });
    return new Result(history, confusion, summary, samples, backend.describe(), seconds);
  }

  private int pad(ImageDataset images) {
    int want = model.input().dim(-1);
    int border = want - images.width();
    if (images.channels() != model.input().dim(0)
        || images.width() != images.height()
        || border < 0
        || border % 2 != 0) {
      throw new UserException(
          model.name()
              + " takes square grey images of "
              + want
              + "x"
              + want
              + " pixels or an even number less, got "
              + images.channels()
              + " channel(s) of "
              + images.height()
              + "x"
              + images.width());
    }
    return border / 2;
  }

  /** The data's name; its two parts are called after it. */
  String dataName() {
    String name = split.train().name();
    return name.endsWith(" train") ? name.substring(0, name.length() - " train".length()) : name;
  }

  TrainOptions options() {
    return options;
  }

  Architectures.Architecture model() {
    return model;
  }

  Split split() {
    return split;
  }

  /** What a run leaves for the terminal and the report. */
  record Result(
      History history,
      ConfusionMatrix confusion,
      Summary summary,
      SampleChoice samples,
      String backend,
      double seconds) {
    io.lanewise.cli.report.TrainingReport report(TrainingRun run) {
      return ReportData.of(this, run);
    }
  }

  /** One row of class probabilities. */
  static float[] probabilities(Tensor output, int row, Context ctx) {
    Tensor p = Tensor.zeros(1, output.shape().dim(1));
    ctx.backend().softmax().forward(output.slice(row, row + 1), p, ctx.parallel());
    return p.array();
  }
}
