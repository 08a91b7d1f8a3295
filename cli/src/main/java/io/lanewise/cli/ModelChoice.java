package io.lanewise.cli;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelFile;
import io.lanewise.onnx.model.OnnxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Networks as command lines name them: of the list of models, or files. */
final class ModelChoice {
  /** The list. */
  static final String LIST = "models";

  private final CommandLine command;

  ModelChoice(CommandLine command) {
    this.command = command;
  }

  /**
   * The networks, with the sizes that the list or the file says.
   *
   * @throws ParameterException naming the option and what is not there
   */
  List<Task.Model> models(String option, List<String> names) {
    List<Task.Model> models = new ArrayList<>();
    try {
      List<Task.Model> known =
          ShapeFile.open(LIST).tasks(Op.MODEL).stream().map(e -> e.shape().model()).toList();
      for (String name : names) {
        Path file = ModelFile.find(name);
        Task.Model listed =
            known.stream().filter(m -> m.name().equals(name)).findFirst().orElse(null);
        models.add(listed == null ? ModelFile.task(file) : listed);
      }
    } catch (IOException e) {
      throw wrong(option, Problems.describe(e));
    } catch (IllegalArgumentException | OnnxException e) {
      throw wrong(option, e.getMessage());
    }
    return models;
  }

  private ParameterException wrong(String option, String message) {
    return new ParameterException(command, option + ": " + message);
  }
}
