import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One line of the explorer: the envelope of an event, never its personal data. */
@Entity('explored_event')
export class ExploredEvent {
  @PrimaryColumn('text') tenant!: string;
  /** A bigint, as text: positions outgrow what a number can hold. */
  @PrimaryColumn('bigint') position!: string;
  @Column('uuid', { name: 'event_id' }) eventId!: string;
  @Column('text') type!: string;
  @Column('text') context!: string;
  @Column('text') stream!: string;
  @Column('int') version!: number;
  @Column('text', { name: 'actor_id' }) actorId!: string;
  @Column('text', { name: 'actor_role' }) actorRole!: string;
  @Column('text', { nullable: true }) process!: string | null;
  @Column('text', { name: 'correlation_id' }) correlationId!: string;
  @Column('text', { name: 'causation_id', nullable: true }) causationId!: string | null;
  @Column('date', { name: 'effective_on' }) effectiveOn!: string;
  @Column('date', { name: 'known_on' }) knownOn!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { nullable: true }) corrects!: string | null;
  @Column('boolean') decision!: boolean;
  @Column('boolean', { name: 'need_to_know' }) needToKnow!: boolean;
  /** First eight characters of the ids of the people it is about. */
  @Column('text', { array: true }) records!: string[];
}
