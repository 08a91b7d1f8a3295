package io.lanewise.cli;

import io.lanewise.cli.image.GrayImage;
import io.lanewise.cli.image.ImageFiles;
import io.lanewise.cli.image.ImageScaling;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.models.Architectures;
import io.lanewise.training.checkpoint.ModelFile;
import io.lanewise.training.data.ImageDataset;
import io.lanewise.training.metrics.TopK;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise classify}. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Tells what images show.",
      "Each is made grey and scaled to what the network was trained on."
    })
final class ClassifyCommand implements CommandLine.IExitCodeGenerator, Runnable {
  private static final int LIGHT = 128;

  /** What to do about images that are dark on light where the network knows light on dark. */
  enum Invert {
    AUTO,
    ALWAYS,
    NEVER
  }

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "Weights that demo or train saved.")
  private Path model;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "3",
      description = "Classes to name for each image (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--invert",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Swap light and dark: always, never, or auto, which is where the image's border is light"
              + " (default: ${DEFAULT-VALUE}).")
  private Invert invert;

  @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "PNG or JPEG files.")
  private List<Path> images;

  private int failed;

  @Override
  public void run() {
    if (top < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--top must be at least 1, got " + top);
    }
    ModelFile file;
    try {
      file = ModelFile.load(model);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
    int size = imageSize(file);
    Context ctx = Context.inference(Backend.best(), Parallel.SEQUENTIAL);
    for (Path image : images) {
      try {
        print(image, probabilities(file, ImageFiles.readGray(image), size, ctx), file.labels());
      } catch (IOException e) {
        failed++;
        PrintWriter err = spec.commandLine().getErr();
        err.println("lanewise: " + Problems.describe(e));
        err.flush();
      }
    }
  }

  /** 1 if an image could not be read; the others were classified all the same. */
  @Override
  public int getExitCode() {
    return failed > 0 ? 1 : 0;
  }

  /** Height and width that images need, before the border. */
  private int imageSize(ModelFile file) {
    int input = Architectures.byName(file.model()).input().dim(-1);
    int pad = file.normalization().pad();
    if (pad >= input / 2) {
      throw new UserException(
          model + ": a border of " + pad + " leaves no image within " + input + "x" + input);
    }
    return input - 2 * pad;
  }

  private float[] probabilities(ModelFile file, GrayImage image, int size, Context ctx) {
    boolean swap =
        switch (invert) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> image.borderMean() >= LIGHT;
        };
    GrayImage fitted = ImageScaling.fit(swap ? image.invert() : image, size, size);
    ImageDataset one =
        new ImageDataset("image", 1, size, size, fitted.pixels(), new int[1], file.labels());
    Tensor x = Tensor.zeros(Architectures.byName(file.model()).input().prepend(1));
    file.normalization().fill(one, new int[1], 0, 1, x);
    return TrainingRun.probabilities(file.net().forward(x, ctx), 0, ctx);
  }

  private void print(Path image, float[] p, List<String> labels) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(image);
    for (int c : TopK.topK(Tensor.of(Shape.of(p.length), p), Math.min(top, p.length))) {
      out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * p[c], labels.get(c));
    }
    out.flush();
  }
}
