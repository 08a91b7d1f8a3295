package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.cli.page.Html;

/** The line above a task's bars. */
final class TaskHead {

  private TaskHead() {}

  /**
   * A table row over three columns.
   *
   * @param more markup that follows what is known of the task
   */
  static String row(TaskGroup task, String more) {
    return """
    <tr class="task"><th scope="rowgroup" colspan="3"><span class="op">%s</span> %s \
    <span class="where">%s · %s%s</span></th></tr>
    """
        .formatted(
            task.op().option(),
            Html.escape(task.shape()),
            Html.escape(TaskGroup.networks(task.uses())),
            Figures.count(task.threads(), "thread"),
            more);
  }
}
