"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 2_000;

/** Shows the page anew every two seconds while something on it is under way. */
export function RefreshWhile({ working }: { working: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    return () => clearInterval(timer);
  }, [working, router]);
  return null;
}
