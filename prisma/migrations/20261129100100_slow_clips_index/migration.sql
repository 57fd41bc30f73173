-- What the schema language cannot say.

-- CreateIndex: the clips of which no sound is known, few among many. A new value of a type is of use in the next transaction only.
DROP INDEX "clips_state_idx";
CREATE INDEX "clips_state_idx" ON "clips" ("state", "updated_at" DESC, "project_id" DESC, "id" DESC)
  WHERE "state" IN ('silent', 'definitions', 'fails', 'slow');
