/** How good a classifier is: accuracy, confusion matrix, most probable classes. */
package io.lanewise.training.metrics;
