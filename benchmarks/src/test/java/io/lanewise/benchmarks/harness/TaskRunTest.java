package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskRunTest {
  private static final List<Integer> SEATS = List.of(0, 1, 2, 3, 4);
  private static final Task TASK = Task.of(Op.RELU, "512x7x7");

  @Test
  void everybodyIsVisitedOnceInAnOrderThatAnotherRunHasToo() {
    for (int fork = 1; fork <= 3; fork++) {
      for (int round = 1; round <= 8; round++) {
        List<Integer> order = TaskRun.order(SEATS, TASK, fork, round);
        assertEquals(Set.copyOf(SEATS), new HashSet<>(order));
        assertEquals(SEATS.size(), order.size());
        Task again = Task.of(Op.RELU, "512x7x7");
        assertEquals(order, TaskRun.order(SEATS, again, fork, round));
      }
    }
  }

  @Test
  void tasksForksAndRoundsHaveOrdersOfTheirOwn() {
    Set<List<List<Integer>>> seen = new HashSet<>();
    for (Task task : List.of(TASK, Task.of(Op.RELU, "256x14x14"), Task.of(Op.TANH, "512x7x7"))) {
      for (int fork = 1; fork <= 3; fork++) {
        seen.add(orders(task, fork));
        assertTrue(new HashSet<>(orders(task, fork)).size() > 4, "rounds are alike");
      }
    }
    assertEquals(9, seen.size());
  }

  private static List<List<Integer>> orders(Task task, int fork) {
    return IntStream.rangeClosed(1, 8)
        .mapToObj(round -> TaskRun.order(SEATS, task, fork, round))
        .toList();
  }

  /** Of 1000 rounds, every pair of neighbours has its twentieth part of the 4000 that there are. */
  @Test
  void nobodyAlwaysFollowsTheSame() {
    Map<List<Integer>, Integer> neighbours = new HashMap<>();
    for (int round = 1; round <= 1_000; round++) {
      List<Integer> order = TaskRun.order(SEATS, TASK, 1, round);
      for (int i = 1; i < order.size(); i++) {
        neighbours.merge(List.of(order.get(i - 1), order.get(i)), 1, Integer::sum);
      }
    }
    assertEquals(20, neighbours.size());
    neighbours.forEach(
        (pair, count) -> assertTrue(150 < count && count < 250, pair + ": " + count));
  }
}
