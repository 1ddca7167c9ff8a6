/** Which day a pointer or a key reads. */

import assert from "node:assert/strict";
import test from "node:test";

import { nearest, step } from "../../static/js/chart.js";

const places = [1, 10, 40, 41];

test("the day under the pointer is read", () => {
  assert.equal(nearest(places, 10), 1);
});

test("beside a gap the nearer edge is read", () => {
  assert.equal(nearest(places, 26), 2);
});

test("halfway between two days the earlier is read", () => {
  assert.equal(nearest(places, 25), 1);
});

test("left of everything the first day is read", () => {
  assert.equal(nearest(places, -50), 0);
});

test("right of everything the last day is read", () => {
  assert.equal(nearest(places, 500), 3);
});

test("arrows go to the neighbour", () => {
  assert.equal(step("ArrowLeft", 2, 4), 1);
  assert.equal(step("ArrowRight", 2, 4), 3);
});

test("arrows stop at both ends", () => {
  assert.equal(step("ArrowLeft", 0, 4), 0);
  assert.equal(step("ArrowRight", 3, 4), 3);
});

test("the first arrow comes to the newest day", () => {
  assert.equal(step("ArrowLeft", -1, 4), 3);
});

test("Home and End go to the ends", () => {
  assert.equal(step("Home", 2, 4), 0);
  assert.equal(step("End", 2, 4), 3);
});

test("other keys are left to the page", () => {
  assert.equal(step("Tab", 2, 4), null);
});
