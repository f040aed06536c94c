namespace SkillBadges.Core.Storage;

/// <summary>The order of index values in every engine: texts by code point, numbers by size.</summary>
public sealed class IndexValueOrder : IComparer<IndexValue>
{
    public static IndexValueOrder Instance { get; } = new();

    public int Compare(IndexValue x, IndexValue y) =>
        x.Text is not null || y.Text is not null ? CodePointOrder.Instance.Compare(x.Text, y.Text) : Nullable.Compare(x.Number, y.Number);
}
