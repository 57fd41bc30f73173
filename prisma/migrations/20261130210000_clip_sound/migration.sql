-- AlterTable
ALTER TABLE "clips" ADD COLUMN "loudness" DOUBLE PRECISION,
ADD COLUMN "peak" DOUBLE PRECISION,
ADD COLUMN "brightness" DOUBLE PRECISION,
ADD COLUMN "density" DOUBLE PRECISION,
ADD COLUMN "clipping" BOOLEAN,
ADD COLUMN "likeness" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];



-- What the schema language cannot say.

-- What was measured of clips before, in the form of packages/ear/src/likeness.ts; nothing of silence.
UPDATE "clips" c SET
  "loudness" = (v."audio" ->> 'loudness')::double precision,
  "peak" = (v."audio" ->> 'peak')::double precision,
  "brightness" = (v."audio" ->> 'brightness')::double precision,
  "density" = (v."audio" ->> 'onsets')::double precision,
  "clipping" = (v."audio" ->> 'clips')::int > 0,
  "likeness" = (
    SELECT array_agg(greatest((band)::double precision - whole, -40) / 10 ORDER BY place)
    FROM jsonb_array_elements_text(v."audio" -> 'bands') WITH ORDINALITY AS e(band, place),
      (SELECT 10 * log(sum(10 ^ ((band)::double precision / 10))) AS whole
       FROM jsonb_array_elements_text(v."audio" -> 'bands') AS e(band)) AS w
  ) || ARRAY[
    ln(greatest((v."audio" ->> 'brightness')::double precision, 20)) / ln(2),
    ln(1 + (v."audio" ->> 'onsets')::double precision) / ln(2),
    4 * (v."audio" ->> 'width')::double precision,
    2 * (v."audio" ->> 'silence')::double precision,
    COALESCE(cos(2 * pi() * ln((v."audio" ->> 'tempo')::double precision) / ln(2)) / 2, 0),
    COALESCE(sin(2 * pi() * ln((v."audio" ->> 'tempo')::double precision) / ln(2)) / 2, 0)
  ]
FROM "clip_versions" v
WHERE v."project_id" = c."project_id" AND v."clip_id" = c."id" AND v."version" = c."version"
  AND (v."audio" ->> 'loudness') IS NOT NULL AND (v."audio" ->> 'brightness') IS NOT NULL;

-- CreateIndex: clips in the order of what they sound like, those that are not measured last.
CREATE INDEX "clips_loudness_order_idx" ON "clips" ((COALESCE("loudness", '-Infinity'::double precision)) DESC, "project_id" DESC, "id" DESC);
CREATE INDEX "clips_brightness_order_idx" ON "clips" ((COALESCE("brightness", '-Infinity'::double precision)) DESC, "project_id" DESC, "id" DESC);
CREATE INDEX "clips_density_order_idx" ON "clips" ((COALESCE("density", '-Infinity'::double precision)) DESC, "project_id" DESC, "id" DESC);

-- CreateIndex: the clips that are louder than full scale, few among many.
CREATE INDEX "clips_clipping_idx" ON "clips" ("updated_at" DESC, "project_id" DESC, "id" DESC) WHERE "clipping";

-- CreateIndex: the clips nearest to one, by two pairs of what they are compared by.
CREATE INDEX "clips_likeness_tone_idx" ON "clips" USING gist (point("likeness"[7], "likeness"[8])) WHERE "likeness" <> '{}';
CREATE INDEX "clips_likeness_bands_idx" ON "clips" USING gist (point("likeness"[1] + "likeness"[2], "likeness"[5] + "likeness"[6])) WHERE "likeness" <> '{}';
