namespace SkillBadges.Core.Evidence.Content;

/// <summary>A piece of the cleaned file: a range of the received one, bytes of ours, or zeros.</summary>
internal readonly record struct CleanPiece(long From, long Length, byte[]? Bytes);

/// <summary>What a file is, and which parts of it are kept. Made by looking at it, without decoding pictures or sound.</summary>
internal sealed class CleanPlan(string mediaType)
{
    private const int MaxPieces = 500_000;
    private const long Zeros = -1;

    private readonly List<CleanPiece> pieces = [];

    public string MediaType { get; } = mediaType;

    public IReadOnlyList<CleanPiece> Pieces => pieces;

    public long Length { get; private set; }

    public CleanPlan Keep(long from, long length)
    {
        if (pieces is [.., { Bytes: null } last] && last.From != Zeros && last.From + last.Length == from)
        {
            pieces[^1] = last with { Length = last.Length + length };
            Length += length;
            return this;
        }

        return Append(new(from, length, null));
    }

    public CleanPlan Put(byte[] bytes) => Append(new(Zeros, bytes.Length, bytes));

    /// <summary>So many zeros, where something was that must not stay, so that nothing behind it moves.</summary>
    public CleanPlan Blank(long length) => Append(new(Zeros, length, null));

    private CleanPlan Append(CleanPiece piece)
    {
        if (pieces.Count == MaxPieces)
        {
            throw Refused.Invalid("evidence.too-fragmented", "This file is cut into so many pieces that it cannot be cleaned. Please save it anew.");
        }

        if (piece.Length > 0)
        {
            pieces.Add(piece);
            Length += piece.Length;
        }

        return this;
    }
}
