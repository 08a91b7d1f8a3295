/** What the laws are about: for each kind of operation, the shapes that put it to the test. */
package io.lanewise.propertytests.subject;
