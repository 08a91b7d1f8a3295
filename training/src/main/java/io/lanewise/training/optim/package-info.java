/** Optimisers and learning-rate schedules. */
package io.lanewise.training.optim;
