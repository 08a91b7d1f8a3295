package io.lanewise.cli;

import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.model.OnnxException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model of a command that runs one, and the threads on which it runs. */
final class ModelOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one for each processor).")
  private Integer threads;

  Path model() {
    return model;
  }

  /** What a command does with the model. */
  interface Use {
    void on(OnnxSession session) throws IOException;
  }

  /** Loads the model, and closes it in the end; what goes wrong with it is told with its name. */
  void use(Use use) {
    ModelFiles files = new ModelFiles(spec.commandLine());
    if (threads != null && threads < 1) {
      throw files.wrong("--threads must be at least 1, got " + threads);
    }
    SessionOptions options = SessionOptions.defaults();
    try (OnnxSession session =
        files.load(model, threads == null ? options : options.threads(threads))) {
      use.on(session);
    } catch (OnnxException e) {
      throw new UserException(model + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
  }
}
