import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="grid grid-cols-1 gap-4">
      <Skeleton className="h-12 max-w-xl" />
      <Skeleton className="h-80" />
    </div>
  );
}
