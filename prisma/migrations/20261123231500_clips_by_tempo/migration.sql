-- What the schema language cannot say.

-- CreateIndex: clips in the order of their tempo, those without one last.
CREATE INDEX "clips_bpm_order_idx" ON "clips" ((COALESCE(CASE WHEN jsonb_typeof("metadata" -> 'bpm') = 'number' THEN ("metadata" ->> 'bpm')::double precision END, 'Infinity'::double precision)), "project_id", "id");
