-- What the schema language cannot say.

-- CreateIndex: the changes that wait for a person, few among many, by their session.
CREATE INDEX "run_changes_waiting_idx" ON "run_changes" ("session_id") WHERE "state" = 'staged';
