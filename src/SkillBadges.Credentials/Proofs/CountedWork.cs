namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// What the current thread did for strangers, in units that do not depend on what else the machine does: a unit is about ten nanoseconds of the machine that the
/// weights were measured on (<c>engine --only poison</c> and <c>transcript</c> among the measurements).
/// </summary>
internal static class CountedWork
{
    /// <summary>Ed25519, P-256, P-384 and RSA up to 4096 bits alike.</summary>
    public const long Signature = 16_000;

    /// <summary>Of telling alike blank nodes apart, in the units of <see cref="Rdf.NDegreeHashing.WorkLimit"/>.</summary>
    public const long Step = 256;

    /// <summary>Of a status list, for one unit.</summary>
    public const int UnpackedBytes = 8;

    [ThreadStatic]
    private static long done;

    /// <summary>So far, in this thread; only what it grew by means something.</summary>
    public static long Done => done;

    public static void Add(long units) => done += units;
}
