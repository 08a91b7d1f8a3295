package io.lanewise.cli;

import io.lanewise.benchmarks.harness.Project;
import io.lanewise.benchmarks.harness.RivalModels;
import java.io.IOException;

/** Rivals for commands that run a model, not a bench. */
final class Rivals {
  private Rivals() {}

  /**
   * A rival that runs models.
   *
   * @throws UserException if it is not built
   */
  static RivalModels models(String name) throws IOException {
    Project project =
        Project.find()
            .orElseThrow(
                () -> new UserException("--rivals needs the project that ./lanewise starts from"));
    return project.rivals().homes().stream()
        .filter(home -> home.name().equals(name))
        .findFirst()
        .map(RivalModels::new)
        .orElseThrow(
            () ->
                new UserException(
                    "--rivals: "
                        + name
                        + " is not built; benchmarks/rivals/target/build.log says why"));
  }
}
