-- AlterTable
ALTER TABLE "runs" ADD COLUMN "stopped_by" VARCHAR(100);
