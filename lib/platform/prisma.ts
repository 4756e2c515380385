import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";

export type Prisma = PrismaClient;

/** A Prisma client on UTC sessions (without the option timestamps would be read and stored shifted). */
export function openPrisma(url: string, max = 5): Prisma {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, options: "-c TimeZone=UTC", max }),
  });
}
