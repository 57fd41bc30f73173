-- AlterTable
ALTER TABLE "project_files" ALTER COLUMN "path" SET DATA TYPE VARCHAR(1024);
