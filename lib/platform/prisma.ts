import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { type DatabaseRole, roleOption } from "./db";

export type Prisma = PrismaClient;

/**
 * A Prisma client on UTC sessions (without the option timestamps would be read and stored shifted). It serves the directory:
 * who may enter which workspace. With a role it sees what that role may.
 */
export function openPrisma(url: string, max = 5, role?: DatabaseRole): Prisma {
  const options = ["-c TimeZone=UTC", ...(role ? [roleOption(role)] : [])].join(" ");
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, options, max }) });
}
