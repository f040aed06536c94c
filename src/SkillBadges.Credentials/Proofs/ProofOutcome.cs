namespace SkillBadges.Credentials.Proofs;

/// <summary>What came of one proof: it holds when <see cref="Fault"/> is null.</summary>
public sealed record ProofOutcome(DataIntegrityProof Proof, ProofFault? Fault)
{
    public bool Holds => Fault is null;
}
